package app.meshguard.chaos.proof;

import app.meshguard.chaos.proof.Ledger.Told;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the log, entry by entry, beside what callers were told. */
public final class Comparison {
  private static final int EXAMPLES = 10;

  private final Map<String, Told> answered;
  private final Set<String> passed;
  private final Map<String, Set<Long>> seen = new HashMap<>();
  private final Map<String, Integer> decisions = new HashMap<>();
  private final Map<String, Integer> outcomes = new HashMap<>();
  private final Set<String> traces = new HashSet<>();
  private final Set<String> allowed = new HashSet<>();
  private final List<String> examples = new ArrayList<>();
  private int contradictory;

  Comparison(Map<String, Told> answered, Set<String> passed) {
    this.answered = Map.copyOf(answered);
    this.passed = Set.copyOf(passed);
  }

  /** Takes one entry of a tenant as {@code /admin/audit} shows it; one seen before is skipped. */
  public void see(String tenant, JsonNode entry) {
    if (!seen.computeIfAbsent(tenant, t -> new HashSet<>()).add(entry.path("index").asLong())) {
      return;
    }
    String id = entry.path("decisionId").asText();
    switch (entry.path("kind").asText("decision")) {
      case "decision" -> seeDecision(entry, id);
      case "outcome" -> outcomes.merge(id, 1, Integer::sum);
      default -> {
        // What else is recorded was no answer to a caller.
      }
    }
  }

  /** How many entries of the tenant were seen. */
  public int seen(String tenant) {
    return seen.getOrDefault(tenant, Set.of()).size();
  }

  private void seeDecision(JsonNode entry, String id) {
    decisions.merge(id, 1, Integer::sum);
    String trace = entry.path("traceId").asText();
    String decision = entry.path("decision").asText();
    traces.add(trace);
    if (decision.equals("allow")) {
      allowed.add(trace);
    }
    Told told = answered.get(trace);
    if (told != null && contradicts(told, decision, id)) {
      contradictory++;
      example("%s was told %s and recorded %s".formatted(trace, told, decision));
    }
  }

  private static boolean contradicts(Told told, String decision, String id) {
    return !told.decision().equals(decision)
        || (told.decisionId() != null && !told.decisionId().equals(id));
  }

  /** What all that was seen amounts to. */
  public Findings findings() {
    int lost = missing(answered.keySet(), traces, "was answered and is not recorded");
    int unrecorded = missing(passed, allowed, "reached its target without a recorded allow");
    return new Findings(
        answered.size(),
        decisions.size(),
        lost,
        repeated(decisions, "is recorded %d times"),
        contradictory,
        unrecorded,
        repeated(outcomes, "has %d outcomes"),
        examples);
  }

  private int missing(Set<String> wanted, Set<String> found, String what) {
    List<String> missing = wanted.stream().filter(trace -> !found.contains(trace)).toList();
    missing.forEach(trace -> example(trace + " " + what));
    return missing.size();
  }

  private int repeated(Map<String, Integer> times, String what) {
    int repeated = 0;
    for (Map.Entry<String, Integer> seen : times.entrySet()) {
      if (seen.getValue() > 1) {
        repeated++;
        example(seen.getKey() + " " + what.formatted(seen.getValue()));
      }
    }
    return repeated;
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }
}
