package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Base62;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be done with policies. */
@ApplicationScoped
class Policies {
  private final PolicyRows rows;
  private final RevisionRows revisions;

  Policies(PolicyRows rows, RevisionRows revisions) {
    this.rows = rows;
    this.revisions = revisions;
  }

  /** Applies all documents, in one transaction with whatever else the write does. */
  Uni<List<PolicyView.Applied>> apply(Write write, List<PolicyText.Checked> documents) {
    return Multi.createFrom()
        .iterable(documents)
        .onItem()
        .transformToUniAndConcatenate(document -> applyOne(write, document))
        .collect()
        .asList();
  }

  private Uni<PolicyView.Applied> applyOne(Write write, PolicyText.Checked checked) {
    return rows.named(write.tenant(), checked.document().name())
        .chain(
            row -> {
              if (row == null) {
                return store(write, create(write, checked), checked);
              }
              if (!row.inForce()) {
                row.next(PolicySummary.of(checked.document()), write.now());
                return store(write, row, checked);
              }
              return revisions
                  .get(write.tenant(), row.id(), row.revision())
                  .chain(current -> update(write, row, current, checked));
            });
  }

  private Uni<PolicyView.Applied> update(
      Write write, PolicyRow row, RevisionRow current, PolicyText.Checked checked) {
    if (current.document().equals(checked.document().text())) {
      return Uni.createFrom().item(applied(row, false, checked));
    }
    row.next(PolicySummary.of(checked.document()), write.now());
    return store(write, row, checked);
  }

  private static PolicyRow create(Write write, PolicyText.Checked checked) {
    return new PolicyRow(
        RowId.of(write.tenant(), "policy_" + Base62.random(16)),
        checked.document().name(),
        PolicySummary.of(checked.document()),
        write.now());
  }

  private Uni<PolicyView.Applied> store(Write write, PolicyRow row, PolicyText.Checked checked) {
    write.changed(Section.POLICIES);
    RevisionRow revision =
        new RevisionRow(
            new RevisionId(write.tenant().value(), row.id(), row.revision()),
            checked.document().text(),
            write.by(),
            write.now());
    return rows.persist(row)
        .chain(() -> rows.flush())
        .chain(() -> revisions.persist(revision))
        .replaceWith(applied(row, true, checked));
  }

  private static PolicyView.Applied applied(
      PolicyRow row, boolean changed, PolicyText.Checked checked) {
    return new PolicyView.Applied(
        row.id(),
        row.name(),
        row.revision(),
        changed,
        checked.warnings().stream().map(PolicyView.Warning::of).toList());
  }

  /** Takes a policy out of force; its revisions stay. */
  Uni<PolicyRow> delete(Write write, String name) {
    return rows.inForce(write.tenant(), name)
        .invoke(
            row -> {
              row.delete(write.now());
              write.changed(Section.POLICIES);
            });
  }

  static PolicyView.Versions versions(
      PolicyRow row, List<RevisionRow> shown, @Nullable String next) {
    return new PolicyView.Versions(
        row.name(),
        shown.stream()
            .map(
                revision ->
                    new PolicyView.Version(
                        revision.revision(),
                        row.inForce() && revision.revision() == row.revision(),
                        revision.createdAt().toString(),
                        revision.createdBy(),
                        revision.document()))
            .toList(),
        next);
  }
}
