package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Page;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Shows revisions: of policies in force, of drafts, and of deleted ones. */
@ApplicationScoped
class Revisions {
  private final PolicyRows rows;
  private final RevisionRows revisions;
  private final Publications publications;

  Revisions(PolicyRows rows, RevisionRows revisions, Publications publications) {
    this.rows = rows;
    this.revisions = revisions;
    this.publications = publications;
  }

  Uni<VersionView.Versions> page(Mutiny.Session session, TenantId tenant, String name, Page page) {
    return rows.known(tenant, name)
        .chain(
            row ->
                revisions
                    .page(tenant, row.id(), page)
                    .chain(
                        found ->
                            views(session, tenant, row, page.cut(found))
                                .map(
                                    views ->
                                        new VersionView.Versions(
                                            row.name(),
                                            views,
                                            page.next(
                                                found,
                                                revision ->
                                                    Integer.toString(revision.revision()))))));
  }

  Uni<VersionView> one(Mutiny.Session session, TenantId tenant, String name, int revision) {
    return rows.known(tenant, name)
        .chain(
            row ->
                revisions
                    .get(tenant, row.id(), revision)
                    .chain(
                        found ->
                            views(session, tenant, row, List.of(found))
                                .map(views -> views.getFirst().with(found.document()))));
  }

  /** Two revisions of one policy. */
  record Pair(RevisionRow from, RevisionRow to) {}

  /** By default the one in force, of a policy that is not the first, and the newest. */
  Uni<Pair> pair(TenantId tenant, String name, @Nullable Integer from, @Nullable Integer to) {
    return rows.known(tenant, name)
        .chain(
            row ->
                revisions
                    .get(tenant, row.id(), from != null ? from : Math.max(1, row.revision()))
                    .chain(
                        older ->
                            revisions
                                .get(tenant, row.id(), to != null ? to : row.newest())
                                .map(newer -> new Pair(older, newer))));
  }

  private Uni<List<VersionView>> views(
      Mutiny.Session session, TenantId tenant, PolicyRow row, List<RevisionRow> found) {
    return publications
        .lastOf(session, tenant, row.id(), found)
        .map(
            last ->
                found.stream()
                    .map(revision -> VersionView.of(row, revision, last.get(revision.revision())))
                    .toList());
  }
}
