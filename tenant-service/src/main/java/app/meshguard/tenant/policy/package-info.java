/** Policies and their immutable revisions. */
@NullMarked
package app.meshguard.tenant.policy;

import org.jspecify.annotations.NullMarked;
