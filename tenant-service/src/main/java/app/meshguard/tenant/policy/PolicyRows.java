package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.wire.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored policies. */
@ApplicationScoped
class PolicyRows implements PanacheRepositoryBase<PolicyRow, RowId> {

  /** The policy of this name, in force or not. */
  Uni<PolicyRow> known(TenantId tenant, String name) {
    return named(tenant, name).onItem().ifNull().failWith(() -> RequestRefused.notFound("policy"));
  }

  /** The policy of this name, in force or not, or null. */
  Uni<@Nullable PolicyRow> named(TenantId tenant, String name) {
    return find("id.tenantId = ?1 and name = ?2", tenant.value(), name).firstResult();
  }

  Uni<PolicyRow> inForce(TenantId tenant, String name) {
    return find("id.tenantId = ?1 and name = ?2 and inForce", tenant.value(), name)
        .firstResult()
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("policy"));
  }

  /** Policies by name, one more than the page holds. */
  Uni<List<PolicyRow>> page(TenantId tenant, boolean onlyInForce, Page page) {
    String which = "id.tenantId = ?1" + (onlyInForce ? " and inForce" : "");
    if (page.after() == null) {
      return find(which + " order by name", tenant.value()).range(0, page.limit()).list();
    }
    return findById(RowId.of(tenant, page.after()))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("cursor"))
        .chain(
            last ->
                find(which + " and name > ?2 order by name", tenant.value(), last.name())
                    .range(0, page.limit())
                    .list());
  }
}
