/** Who calls: admin tokens of people's scripts, and the identities of the other services. */
@NullMarked
package app.meshguard.tenant.credential;

import org.jspecify.annotations.NullMarked;
