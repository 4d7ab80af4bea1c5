package app.meshguard.audit.search;

import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as conditions of SQL: those that an index answers, and the rest, which is looked at
 * entry by entry. All text is our own; every value is a parameter.
 */
final class EntryConditions {
  private final Tuple parameters = Tuple.tuple();
  private final List<String> indexed = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private final @Nullable String agents;

  /**
   * Writes the conditions.
   *
   * @param agentIds the ids that the filter's agent may stand for; ignored without an agent
   * @param words the filter's words as each master key hashes them
   */
  EntryConditions(TenantId tenant, EntryFilter filter, List<String> agentIds, List<Long[]> words) {
    indexed.add("tenant_id = " + next(tenant.value()));
    agents = filter.agent() == null ? null : next(agentIds.toArray(String[]::new));
    if (filter.agent() != null) {
      rest.add(next(filter.agent()) + "::text IN (agent_id, agent_name)");
    }
    // The most telling condition goes first; what follows it is looked at.
    boolean led = filter.agent() != null;
    led |= add(led ? rest : indexed, "decision_id = ", idOf(filter));
    led |= add(led ? rest : indexed, "trace_id = ", filter.traceId());
    boolean rareDecision = filter.decision() != null && !filter.decision().equals("allow");
    led |= add(led || !rareDecision ? rest : indexed, "decision = ", filter.decision());
    boolean rareKind =
        filter.kind() != null
            && !filter.kind().equals("decision")
            && !filter.kind().equals("outcome");
    add(led || !rareKind ? rest : indexed, "kind = ", filter.kind());
    add(rest, filter.action(), "action");
    add(rest, filter.resource(), "resource");
    add(rest, "policy = ", filter.policy());
    add(rest, "rule = ", filter.rule());
    add(rest, "code = ", filter.code());
    add(rest, "surface = ", filter.surface());
    add(rest, "event = ", filter.event());
    add(rest, "latency_us >= ", filter.minLatencyUs());
    words(words);
    add(indexed, "decided_at >= ", utc(filter.from()));
    add(indexed, "decided_at < ", utc(filter.to()));
  }

  private static @Nullable String idOf(EntryFilter filter) {
    ApprovalId approval = filter.approval();
    String id = filter.decisionId();
    // Both: nothing but the approval's own decision can match, and the record tells.
    return approval == null || (id != null && !id.equals(approval.decisionId()))
        ? id
        : approval.decisionId();
  }

  private boolean add(List<String> to, String condition, @Nullable Object value) {
    if (value != null) {
      to.add(condition + next(value));
    }
    return value != null && to == indexed;
  }

  private void add(List<String> to, @Nullable TextPattern pattern, String column) {
    if (pattern != null) {
      to.add(
          pattern.isExact()
              ? column + " = " + next(pattern.text())
              : column + " LIKE " + next(pattern.like()));
    }
  }

  private void words(List<Long[]> hashes) {
    if (!hashes.isEmpty()) {
      rest.add(
          hashes.stream()
              .map(of -> "words @> " + next(of) + "::bigint[]")
              .reduce((a, b) -> a + " OR " + b)
              .map(any -> "(" + any + ")")
              .orElseThrow());
    }
  }

  /** Only what stands after this place, in the order that is read in. */
  void beyond(@Nullable Instant decidedAt, long index, boolean down) {
    if (decidedAt != null) {
      indexed.add(
          "(decided_at, idx) "
              + (down ? "<" : ">")
              + " ("
              + next(decidedAt.atOffset(ZoneOffset.UTC))
              + ", "
              + next(index)
              + ")");
    }
  }

  /** The ids of the agents that are asked for, as SQL; null when all are. */
  @Nullable String agents() {
    return agents;
  }

  String indexed() {
    return String.join(" AND ", indexed);
  }

  /** True where there is nothing to look at. */
  String rest() {
    return rest.isEmpty() ? "true" : String.join(" AND ", rest);
  }

  Tuple parameters() {
    return parameters;
  }

  String next(Object value) {
    parameters.addValue(value);
    return "$" + parameters.size();
  }

  private static @Nullable Object utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
