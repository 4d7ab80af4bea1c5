package app.meshguard.tenant.policy;

import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.policy.Publications.Entry;
import app.meshguard.tenant.policy.Publications.Kind;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Which revision of a policy is in force, for everybody or for a share of the agents. */
@ApplicationScoped
class Publishing {
  private final PolicyRows rows;
  private final RevisionRows revisions;
  private final Publications publications;
  private final PolicyChanges changes;
  private final Vertx vertx;

  Publishing(
      PolicyRows rows,
      RevisionRows revisions,
      Publications publications,
      PolicyChanges changes,
      Vertx vertx) {
    this.rows = rows;
    this.revisions = revisions;
    this.publications = publications;
    this.changes = changes;
    this.vertx = vertx;
  }

  /** Puts a revision in force for everybody; a canary ends. */
  Uni<PolicyRow> publish(Write write, String name, int revision) {
    return rows.known(write.tenant(), name)
        .call(
            row ->
                row.gives(revision)
                    ? Uni.createFrom().voidItem()
                    : revisions
                        .get(write.tenant(), row.id(), revision)
                        .chain(this::document)
                        .chain(
                            document ->
                                changes.around(
                                    write,
                                    "policy.published",
                                    row,
                                    () -> publish(write, row, revision, document)))
                        .replaceWithVoid());
  }

  /** Puts a revision in force whose document is at hand; false when it is already. */
  Uni<Boolean> publish(Write write, PolicyRow row, int revision, PolicyDocument document) {
    if (row.gives(revision)) {
      return Uni.createFrom().item(false);
    }
    return publications
        .latest(write, row.id())
        .chain(
            top ->
                force(
                    write,
                    row,
                    revision,
                    document,
                    Kind.PUBLISH,
                    top == null ? null : top.number()))
        .replaceWith(true);
  }

  /** Gives a revision to a share of the agents, beside the one in force. */
  Uni<PolicyRow> canary(Write write, String name, int revision, int percent) {
    return rows.known(write.tenant(), name)
        .call(
            row ->
                revisions
                    .get(write.tenant(), row.id(), revision)
                    .chain(found -> share(write, row, found.revision(), percent)));
  }

  private Uni<Void> share(Write write, PolicyRow row, int revision, int percent) {
    if (!row.inForce()) {
      throw RequestRefused.conflict(
          "No revision of this policy is in force that the other agents could have."
              + " Publish one without percent first.");
    }
    if (row.revision() == revision) {
      throw RequestRefused.conflict(
          "Revision " + revision + " is in force for everybody; a canary is another revision.");
    }
    PolicyRow.Canary canary = new PolicyRow.Canary(revision, percent);
    if (canary.equals(row.canary())) {
      return Uni.createFrom().voidItem();
    }
    return changes.around(
        write,
        "policy.canary_started",
        row,
        () -> {
          row.show(canary, write.now());
          write.changed(Section.POLICIES);
          return publications.add(write, row.id(), Kind.CANARY, revision, percent, null);
        });
  }

  /** Gives everybody the revision in force again. */
  Uni<PolicyRow> endCanary(Write write, String name) {
    return rows.inForce(write.tenant(), name)
        .call(
            row -> {
              PolicyRow.Canary canary = row.canary();
              if (canary == null) {
                throw RequestRefused.notFound("canary");
              }
              return changes.around(
                  write,
                  "policy.canary_ended",
                  row,
                  () -> {
                    row.endCanary(write.now());
                    write.changed(Section.POLICIES);
                    return publications.add(
                        write, row.id(), Kind.END_CANARY, canary.revision(), null, null);
                  });
            });
  }

  /** Puts in force again what was in force before; of a deleted policy, what was deleted. */
  Uni<PolicyRow> rollBack(Write write, String name) {
    return rows.known(write.tenant(), name)
        .call(
            row -> {
              PolicyRow.Canary canary = row.canary();
              if (canary != null) {
                throw RequestRefused.conflict(
                    "Revision "
                        + canary.revision()
                        + " is a canary now. End it with DELETE /admin/policies/"
                        + row.name()
                        + "/canary, or name the revision to roll back to.");
              }
              return publications
                  .latest(write, row.id())
                  .chain(top -> before(write, row, top))
                  .chain(target -> restore(write, row, target));
            });
  }

  /** Puts in force again a revision that was in force at some time before. */
  Uni<PolicyRow> rollBack(Write write, String name, int revision) {
    return rows.known(write.tenant(), name)
        .call(
            row -> {
              if (row.gives(revision)) {
                throw RequestRefused.conflict("Revision " + revision + " is in force already.");
              }
              return revisions
                  .get(write.tenant(), row.id(), revision)
                  .chain(found -> publications.latest(write, row.id()))
                  .chain(
                      top ->
                          top == null
                              ? Uni.createFrom().nullItem()
                              : publications.below(write, row.id(), top, revision))
                  .onItem()
                  .ifNull()
                  .failWith(
                      () ->
                          RequestRefused.conflict(
                              "Revision "
                                  + revision
                                  + " was not in force before the one that is. Put it in force"
                                  + " with POST /admin/policies/"
                                  + row.name()
                                  + "/publish."))
                  .chain(target -> restore(write, row, target));
            });
  }

  private Uni<Entry> before(Write write, PolicyRow row, @Nullable Entry top) {
    if (top == null) {
      throw RequestRefused.conflict("No revision of this policy was ever in force.");
    }
    // What is in force may also be newer than the log: put there by the release before it.
    if (!row.inForce() || row.revision() != top.revision()) {
      return Uni.createFrom().item(top);
    }
    Integer previous = top.previous();
    if (previous == null) {
      throw RequestRefused.conflict(
          "No revision was in force before revision "
              + row.revision()
              + ". To have none, delete the policy.");
    }
    return publications.numbered(write, row.id(), previous);
  }

  private Uni<Void> restore(Write write, PolicyRow row, Entry target) {
    return revisions
        .get(write.tenant(), row.id(), target.revision())
        .chain(this::document)
        .chain(
            document ->
                changes.around(
                    write,
                    "policy.rolled_back",
                    row,
                    () ->
                        force(
                            write,
                            row,
                            target.revision(),
                            document,
                            Kind.ROLLBACK,
                            target.previous())));
  }

  /** A long text takes long to read: not on an event loop. */
  private Uni<PolicyDocument> document(RevisionRow revision) {
    return vertx.executeBlocking(() -> PolicyText.stored(revision.document()), false);
  }

  private Uni<Void> force(
      Write write,
      PolicyRow row,
      int revision,
      PolicyDocument document,
      Kind kind,
      @Nullable Integer previous) {
    row.force(revision, PolicySummary.of(document), write.now());
    write.changed(Section.POLICIES);
    return publications.add(write, row.id(), kind, revision, null, previous);
  }
}
