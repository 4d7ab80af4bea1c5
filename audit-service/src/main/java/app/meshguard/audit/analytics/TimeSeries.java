package app.meshguard.audit.analytics;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was decided, bucket by bucket; an empty bucket is there with zeros. */
record TimeSeries(String period, String from, String to, String bucket, List<Point> points) {
  TimeSeries {
    points = List.copyOf(points);
  }

  /** One bucket. */
  record Point(
      @Schema(description = "Its first moment (UTC); the first and the last may be cut") String at,
      long total,
      long allow,
      long deny,
      long pendingApproval,
      @Schema(description = "Mean, in microseconds") @Nullable Long latencyMeanUs) {}
}
