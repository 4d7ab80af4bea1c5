package app.meshguard.tenant.key;

import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.wire.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Stored keys. */
@ApplicationScoped
class KeyRows implements PanacheRepositoryBase<KeyRow, RowId> {

  Uni<KeyRow> get(TenantId tenant, String id) {
    return findById(RowId.of(tenant, id))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("key"));
  }

  /** Admin tokens that are neither revoked nor expired. */
  Uni<List<KeyRow>> liveAdminTokens(TenantId tenant, Instant now) {
    return find(
            "id.tenantId = ?1 and kind = ?2 and revokedAt is null"
                + " and (expiresAt is null or expiresAt > ?3)",
            tenant.value(),
            KeyRow.ADMIN,
            now)
        .list();
  }

  /** Live keys, one more than the page holds, in order of creation. */
  Uni<List<KeyRow>> page(TenantId tenant, Page page) {
    if (page.after() == null) {
      return find(
              "id.tenantId = ?1 and revokedAt is null order by createdAt, id.id", tenant.value())
          .range(0, page.limit())
          .list();
    }
    return findById(RowId.of(tenant, page.after()))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("cursor"))
        .chain(
            last ->
                find(
                        "id.tenantId = ?1 and revokedAt is null and (createdAt > ?2"
                            + " or (createdAt = ?2 and id.id > ?3)) order by createdAt, id.id",
                        tenant.value(),
                        last.createdAt(),
                        last.id())
                    .range(0, page.limit())
                    .list());
  }
}
