package app.meshguard.audit.stats;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was decided in a period. Outcomes are not counted: each belongs to a decision that is.
 *
 * @param from the first moment that counts
 * @param to the first moment that does not
 * @param decisions number by decision; all three are always there
 * @param latencyUs of the decisions, in microseconds; null when there was none. From a histogram:
 *     never too low, at most 3.2 % too high, the greatest exact
 */
record AuditStats(
    String from,
    String to,
    long total,
    Map<String, Long> decisions,
    @Schema(description = "The ten with most decisions") List<OfAgent> agents,
    @Schema(description = "The ten with most decisions") List<OfRule> policies,
    @Schema(description = "The ten with most decisions") List<OfAction> actions,
    @Schema(description = "Microseconds, from a histogram: never too low, at most 3.2 % too high")
        @Nullable Latency latencyUs) {

  /** Decisions for one agent, under the last of its names. */
  record OfAgent(
      @Nullable String agentId,
      @Nullable String agentName,
      long total,
      long allow,
      long deny,
      long pendingApproval) {}

  /** Decisions by one rule; both null where no policy spoke. */
  record OfRule(
      @Nullable String policy,
      @Nullable String rule,
      long total,
      long allow,
      long deny,
      long pendingApproval) {}

  /** Decisions about one action. */
  record OfAction(
      @Nullable String action, long total, long allow, long deny, long pendingApproval) {}

  /** How long decisions took. */
  record Latency(long p50, long p95, long p99, long max) {}
}
