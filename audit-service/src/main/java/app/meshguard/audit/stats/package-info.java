/** Sums over a period of a tenant's log. */
@NullMarked
package app.meshguard.audit.stats;

import org.jspecify.annotations.NullMarked;
