/** How a tenant begins. */
@NullMarked
package app.meshguard.tenant.signup;

import org.jspecify.annotations.NullMarked;
