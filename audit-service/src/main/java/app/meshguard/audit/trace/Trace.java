package app.meshguard.audit.trace;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a trace.
 *
 * @param entries how many of them are shown
 * @param roots what nothing in the trace caused, oldest first
 */
record Trace(
    String traceId,
    String start,
    String end,
    double durationMs,
    int entries,
    @Schema(description = "The trace has more entries than are shown: these are the oldest")
        boolean truncated,
    @Schema(description = "Where to find the rest of a truncated trace") @Nullable String rest,
    List<OfAgent> agents,
    List<TraceNode> roots) {
  Trace {
    agents = List.copyOf(agents);
    roots = List.copyOf(roots);
  }

  /** What one agent did in the trace. */
  record OfAgent(
      @Nullable String agentId,
      @Nullable String agentName,
      long entries,
      long allow,
      long deny,
      long pendingApproval,
      String firstAt,
      String lastAt) {}
}
