package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Base62;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be done with policies. */
@ApplicationScoped
public class Policies {
  private final PolicyRows rows;
  private final RevisionRows revisions;
  private final Publications publications;
  private final Publishing publishing;
  private final PolicyChanges changes;
  private final TogetherCheck together;
  private final Vertx vertx;

  Policies(
      PolicyRows rows,
      RevisionRows revisions,
      Publications publications,
      Publishing publishing,
      PolicyChanges changes,
      TogetherCheck together,
      Vertx vertx) {
    this.rows = rows;
    this.revisions = revisions;
    this.publications = publications;
    this.publishing = publishing;
    this.changes = changes;
    this.together = together;
    this.vertx = vertx;
  }

  /** Stores all documents, in one transaction with whatever else the write does. */
  Uni<List<PolicyView.Applied>> apply(
      Write write, List<PolicyText.Checked> documents, boolean publish) {
    return Multi.createFrom()
        .iterable(documents)
        .onItem()
        .transformToUniAndConcatenate(document -> applyOne(write, document, publish))
        .collect()
        .asList()
        .call(() -> publish ? together.afterChange(write) : Uni.createFrom().voidItem());
  }

  /** Puts in force what a new tenant begins with. */
  public Uni<Void> applyFirst(Write write, String yaml) {
    return vertx
        .executeBlocking(() -> PolicyText.check(yaml.getBytes(StandardCharsets.UTF_8)), false)
        .chain(documents -> apply(write, documents, true))
        .replaceWithVoid();
  }

  private Uni<PolicyView.Applied> applyOne(
      Write write, PolicyText.Checked checked, boolean publish) {
    return rows.named(write.tenant(), checked.document().name())
        .chain(row -> row == null ? create(write, checked) : Uni.createFrom().item(row))
        .chain(
            row ->
                changes
                    .around(
                        write,
                        publish ? "policy.applied" : "policy.drafted",
                        row,
                        () -> keep(write, row, checked, publish))
                    .map(kept -> applied(row, kept, checked)));
  }

  private Uni<Kept> keep(Write write, PolicyRow row, PolicyText.Checked checked, boolean publish) {
    return sameAs(write, row, checked)
        .chain(
            same ->
                same == null
                    ? store(write, row, checked).map(made -> new Kept(made, true))
                    : Uni.createFrom().item(new Kept(same, false)))
        .chain(
            kept ->
                publish
                    ? publishing
                        .publish(write, row, kept.revision(), checked.document())
                        .map(news -> new Kept(kept.revision(), news))
                    : Uni.createFrom().item(kept));
  }

  /** A revision, and whether it was made or put in force now. */
  private record Kept(int revision, boolean changed) {}

  private Uni<PolicyRow> create(Write write, PolicyText.Checked checked) {
    PolicyRow row =
        new PolicyRow(
            RowId.of(write.tenant(), "policy_" + Base62.random(16)),
            checked.document().name(),
            PolicySummary.of(checked.document()),
            write.now());
    return rows.persistAndFlush(row);
  }

  /** The revision in force, or else the newest, where it is this very text; or null. */
  private Uni<@Nullable Integer> sameAs(Write write, PolicyRow row, PolicyText.Checked checked) {
    List<Integer> candidates =
        Stream.of(row.inForce() ? row.revision() : 0, row.newest())
            .filter(revision -> revision > 0)
            .distinct()
            .toList();
    return Multi.createFrom()
        .iterable(candidates)
        .onItem()
        .transformToUniAndConcatenate(revision -> revisions.get(write.tenant(), row.id(), revision))
        .filter(revision -> revision.document().equals(checked.document().text()))
        .map(RevisionRow::revision)
        .collect()
        .first();
  }

  private Uni<Integer> store(Write write, PolicyRow row, PolicyText.Checked checked) {
    RevisionRow revision =
        new RevisionRow(
            new RevisionId(write.tenant().value(), row.id(), row.next()),
            checked.document().text(),
            write.by(),
            write.now());
    return revisions.persistAndFlush(revision).replaceWith(revision.revision());
  }

  private static PolicyView.Applied applied(PolicyRow row, Kept kept, PolicyText.Checked checked) {
    return new PolicyView.Applied(
        row.id(),
        row.name(),
        kept.revision(),
        kept.changed(),
        row.status(),
        checked.warnings().stream().map(PolicyView.Warning::of).toList());
  }

  /** Takes a policy out of force; its revisions stay. */
  Uni<PolicyRow> delete(Write write, String name) {
    return rows.inForce(write.tenant(), name)
        .call(
            row ->
                changes.around(
                    write,
                    "policy.deleted",
                    row,
                    () -> {
                      row.delete(write.now());
                      write.changed(Section.POLICIES);
                      return publications.add(
                          write, row.id(), Publications.Kind.DELETE, row.revision(), null, null);
                    }))
        .call(() -> together.afterDeletion(write, name));
  }
}
