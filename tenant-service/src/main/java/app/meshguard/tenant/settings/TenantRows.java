package app.meshguard.tenant.settings;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** Stored tenants. */
@ApplicationScoped
class TenantRows implements PanacheRepositoryBase<TenantRow, String> {}
