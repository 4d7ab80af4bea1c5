package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.wire.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Stored targets. */
@ApplicationScoped
class TargetRows implements PanacheRepositoryBase<TargetRow, RowId> {

  Uni<TargetRow> get(TenantId tenant, String id) {
    return findById(RowId.of(tenant, id))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("target"));
  }

  /** All targets of the tenant, in order of creation. */
  Uni<List<TargetRow>> all(TenantId tenant) {
    return list("id.tenantId = ?1 order by createdAt, id.id", tenant.value());
  }

  /** One more than the page holds, in order of creation. */
  Uni<List<TargetRow>> page(TenantId tenant, Page page) {
    if (page.after() == null) {
      return find("id.tenantId = ?1 order by createdAt, id.id", tenant.value())
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
                        "id.tenantId = ?1 and (createdAt > ?2 or (createdAt = ?2 and id.id > ?3))"
                            + " order by createdAt, id.id",
                        tenant.value(),
                        last.createdAt(),
                        last.id())
                    .range(0, page.limit())
                    .list());
  }
}
