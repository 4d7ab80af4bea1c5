/** Who calls, and whether they may: admins of a tenant, and the decision-service. */
@NullMarked
package app.meshguard.audit.credential;

import org.jspecify.annotations.NullMarked;
