package app.meshguard.tenant.policy;

import app.meshguard.policy.PolicyDocumentProblem;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.tenant.engine.EngineTenant.Published;
import app.meshguard.tenant.engine.EngineTenants;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a write after which the policies in force would not go together: one that extends what is
 * not there, or itself. INVARIANT: replicas compile what is published, so this runs at the end of
 * each write that changes what is in force.
 */
@ApplicationScoped
class TogetherCheck {
  private final EngineTenants tenants;
  private final Vertx vertx;

  TogetherCheck(EngineTenants tenants, Vertx vertx) {
    this.tenants = tenants;
    this.vertx = vertx;
  }

  /** Refuses what an apply, a publication or a rollback would break. */
  Uni<Void> afterChange(Write write) {
    return problems(write)
        .invoke(
            problems -> {
              if (!problems.isEmpty()) {
                throw new RequestRefused(
                    ProblemCode.CONFLICT,
                    "Policy "
                        + problems.getFirst().policy()
                        + ": "
                        + problems.getFirst().problem().message(),
                    faults(problems));
              }
            })
        .replaceWithVoid();
  }

  /** Refuses the deletion of what others extend. */
  Uni<Void> afterDeletion(Write write, String deleted) {
    return problems(write)
        .invoke(
            problems -> {
              if (!problems.isEmpty()) {
                String others =
                    problems.stream()
                        .map(PolicyDocumentProblem::policy)
                        .distinct()
                        .collect(Collectors.joining(", "));
                throw new RequestRefused(
                    ProblemCode.CONFLICT,
                    "Other policies extend "
                        + deleted
                        + ": "
                        + others
                        + ". Change or delete them first.",
                    faults(problems));
              }
            })
        .replaceWithVoid();
  }

  private static List<Problem.Fault> faults(List<PolicyDocumentProblem> problems) {
    return problems.stream()
        .map(
            p ->
                new Problem.Fault(
                    p.policy(), p.problem().line(), p.problem().column(), p.problem().message()))
        .toList();
  }

  private Uni<List<PolicyDocumentProblem>> problems(Write write) {
    return write
        .session()
        .flush()
        .chain(() -> tenants.published(write.session(), write.tenant()))
        .chain(
            published ->
                // Most tenants extend nothing, and need nothing read.
                published.stream().noneMatch(TogetherCheck::mayExtend)
                    ? Uni.createFrom().item(List.of())
                    : vertx.executeBlocking(() -> PolicySet.check(documents(published)), false));
  }

  private static boolean mayExtend(Published policy) {
    return policy.document().contains("extends")
        || (policy.canary() != null && policy.canary().document().contains("extends"));
  }

  private static List<PolicyDocument> documents(List<Published> published) {
    return published.stream()
        .map(Published::read)
        .flatMap(
            (PolicyRevision revision) ->
                revision.canary() == null
                    ? Stream.of(revision.document())
                    : Stream.of(revision.document(), revision.canary().document()))
        .toList();
  }
}
