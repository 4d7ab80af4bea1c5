package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Stored revisions. */
@ApplicationScoped
class RevisionRows implements PanacheRepositoryBase<RevisionRow, RevisionId> {

  Uni<RevisionRow> get(TenantId tenant, String policyId, int revision) {
    return findById(new RevisionId(tenant.value(), policyId, revision))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("revision"));
  }

  /** The newest first, one more than the page holds; its cursor is a revision's number. */
  Uni<List<RevisionRow>> page(TenantId tenant, String policyId, Page page) {
    if (page.after() != null && !page.after().matches("[0-9]{1,9}")) {
      throw RequestRefused.notFound("cursor");
    }
    int below = page.after() == null ? Integer.MAX_VALUE : Integer.parseInt(page.after());
    return find(
            "id.tenantId = ?1 and id.policyId = ?2 and id.revision < ?3 order by id.revision desc",
            tenant.value(),
            policyId,
            below)
        .range(0, page.limit())
        .list();
  }
}
