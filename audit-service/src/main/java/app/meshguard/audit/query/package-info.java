/** Answers a tenant's questions about its own log. */
@NullMarked
package app.meshguard.audit.query;

import org.jspecify.annotations.NullMarked;
