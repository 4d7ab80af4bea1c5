package app.meshguard.audit.analytics;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The figures of a period, each beside that of the period before. */
record Overview(
    String period,
    String from,
    String to,
    @Schema(description = "The period before is as long, and ends where this one begins")
        String previousFrom,
    Trend decisions,
    Trend allow,
    Trend deny,
    Trend pendingApproval,
    @Schema(description = "Denied, of 100 decisions") Trend denialPercent,
    @Schema(description = "Agents that something was decided for") Trend activeAgents,
    @Schema(description = "Microseconds, at most 3.2 % too high") Trend latencyP50Us,
    Trend latencyP95Us,
    Trend latencyP99Us) {

  /**
   * A figure and how it changed.
   *
   * @param changePercent null where there is nothing to compare with
   */
  record Trend(@Nullable Double value, @Nullable Double previous, @Nullable Double changePercent) {
    static Trend of(@Nullable Double value, @Nullable Double previous) {
      return new Trend(
          value,
          previous,
          value == null || previous == null || previous == 0
              ? null
              : rounded(100 * (value - previous) / previous));
    }

    static Trend of(long value, long previous) {
      return of((double) value, (double) previous);
    }
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
