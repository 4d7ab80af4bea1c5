/** Answers a tenant's questions about its own log. */
@NullMarked
package app.meshguard.audit.search;

import org.jspecify.annotations.NullMarked;
