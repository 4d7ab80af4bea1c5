/** What the tenant-service knows and this service asks it for. */
@NullMarked
package app.meshguard.audit.tenants;

import org.jspecify.annotations.NullMarked;
