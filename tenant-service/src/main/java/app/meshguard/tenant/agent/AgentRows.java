package app.meshguard.tenant.agent;

import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.wire.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored agents. Every query names the tenant, though row-level security would do it alone. */
@ApplicationScoped
class AgentRows implements PanacheRepositoryBase<AgentRow, RowId> {

  /** The agent, or the same answer for nobody's id and for another tenant's. */
  Uni<AgentRow> get(TenantId tenant, String id) {
    return findById(RowId.of(tenant, id))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("agent"));
  }

  Uni<Boolean> nameIsTaken(TenantId tenant, String name, @Nullable String butById) {
    return count(
            "id.tenantId = ?1 and name = ?2 and status <> 'revoked' and id.id <> ?3",
            tenant.value(),
            name,
            butById == null ? "" : butById)
        .map(count -> count > 0);
  }

  /** One more than the page holds, in order of creation. */
  Uni<List<AgentRow>> page(TenantId tenant, Page page, List<String> statuses) {
    if (page.after() == null) {
      return list(
          find(
              "id.tenantId = ?1 and status in ?2 order by createdAt, id.id",
              tenant.value(),
              statuses),
          page);
    }
    return findById(RowId.of(tenant, page.after()))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("cursor"))
        .chain(
            last ->
                list(
                    find(
                        "id.tenantId = ?1 and status in ?2 and (createdAt > ?3"
                            + " or (createdAt = ?3 and id.id > ?4)) order by createdAt, id.id",
                        tenant.value(),
                        statuses,
                        last.createdAt(),
                        last.id()),
                    page));
  }

  private static Uni<List<AgentRow>> list(PanacheQuery<AgentRow> query, Page page) {
    return query.range(0, page.limit()).list();
  }
}
