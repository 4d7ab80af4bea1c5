package app.meshguard.tenant.policy;

import app.meshguard.tenant.outbox.Change;
import app.meshguard.tenant.write.Write;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records what a write makes of a policy. */
@ApplicationScoped
class PolicyChanges {

  /** Does the work, and records what it made of the policy, if anything. */
  <T> Uni<T> around(Write write, String type, PolicyRow row, Supplier<Uni<T>> work) {
    return mark(write, row)
        .chain(
            before ->
                work.get()
                    .call(
                        done ->
                            mark(write, row)
                                .invoke(after -> record(write, type, row, before, after))));
  }

  private static void record(
      Write write, String type, PolicyRow row, PolicyMark before, PolicyMark after) {
    if (!after.equals(before)) {
      write.record(
          new Change(
              type,
              new Change.Target("policy", row.id(), row.name()),
              before.newest() == null ? null : before,
              after));
    }
  }

  private static Uni<PolicyMark> mark(Write write, PolicyRow row) {
    PolicyRow.Canary canary = row.canary();
    List<Integer> revisions =
        Stream.of(row.revision(), row.newest(), canary == null ? 0 : canary.revision())
            .filter(revision -> revision > 0)
            .distinct()
            .toList();
    // As values now: the row is an entity, and changes.
    String status = row.status();
    int revision = row.revision();
    int newest = row.newest();
    return digests(write, row, revisions)
        .map(
            digests ->
                new PolicyMark(
                    status,
                    text(revision, digests),
                    text(newest, digests),
                    canary == null
                        ? null
                        : new PolicyMark.Canary(
                            new PolicyMark.Text(canary.revision(), digests.get(canary.revision())),
                            canary.percent())));
  }

  private static PolicyMark.@Nullable Text text(int revision, Map<Integer, String> digests) {
    return revision == 0 ? null : new PolicyMark.Text(revision, digests.get(revision));
  }

  private static Uni<Map<Integer, String>> digests(
      Write write, PolicyRow row, List<Integer> revisions) {
    if (revisions.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return write
        .session()
        .createNativeQuery(
            "select revision, encode(sha256(convert_to(document, 'UTF8')), 'hex')"
                + " from policy_revisions where tenant_id = ?1 and policy_id = ?2"
                + " and revision in (?3)",
            Object[].class)
        .setParameter(1, write.tenant().value())
        .setParameter(2, row.id())
        .setParameter(3, revisions)
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toUnmodifiableMap(
                            found -> ((Number) found[0]).intValue(), found -> (String) found[1])));
  }
}
