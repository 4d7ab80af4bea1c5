/** Deletes what a tenant need not keep any longer, and nothing that a hold covers. */
@NullMarked
package app.meshguard.audit.retention;

import org.jspecify.annotations.NullMarked;
