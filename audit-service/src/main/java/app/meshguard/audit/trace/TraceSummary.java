package app.meshguard.audit.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums the entries of a trace up. */
final class TraceSummary {
  private TraceSummary() {}

  /**
   * The whole answer.
   *
   * @param entries oldest first, at least one
   */
  static Trace of(String traceId, List<TraceEntry> entries, boolean truncated) {
    Instant start = entries.getFirst().at();
    Instant end = start;
    for (TraceEntry entry : entries) {
      // An outcome is recorded when the call is over; a decision when it was made.
      end = entry.at().isAfter(end) ? entry.at() : end;
      if (entry.isOutcome() && entry.took() != null) {
        Instant began = entry.at().minus(entry.took());
        start = began.isBefore(start) ? began : start;
      }
    }
    return new Trace(
        traceId,
        start.toString(),
        end.toString(),
        Duration.between(start, end).toNanos() / 1e6,
        entries.size(),
        truncated,
        truncated
            ? "Shown are the " + entries.size() + " oldest: list all with /admin/audit?traceId="
            : null,
        agents(entries),
        TraceTree.of(entries));
  }

  private static List<Trace.OfAgent> agents(List<TraceEntry> entries) {
    Map<@Nullable String, List<TraceEntry>> byAgent = new LinkedHashMap<>();
    for (TraceEntry entry : entries) {
      byAgent.computeIfAbsent(entry.columns().agentId(), id -> new ArrayList<>()).add(entry);
    }
    return byAgent.entrySet().stream()
        .map(
            of ->
                new Trace.OfAgent(
                    of.getKey(),
                    of.getValue().getLast().columns().agentName(),
                    of.getValue().size(),
                    decided(of.getValue(), "allow"),
                    decided(of.getValue(), "deny"),
                    decided(of.getValue(), "pending_approval"),
                    of.getValue().getFirst().at().toString(),
                    of.getValue().getLast().at().toString()))
        .toList();
  }

  private static long decided(List<TraceEntry> entries, String decision) {
    return entries.stream()
        .filter(entry -> !entry.isOutcome() && decision.equals(entry.columns().decision()))
        .count();
  }
}
