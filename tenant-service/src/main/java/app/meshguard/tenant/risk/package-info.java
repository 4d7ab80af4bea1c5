/** What a tenant's risk levels demand. */
@NullMarked
package app.meshguard.tenant.risk;

import org.jspecify.annotations.NullMarked;
