package app.meshguard.audit.analytics;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many decisions took how long, bucket by bucket. */
record HeatMap(
    String period, String from, String to, String bucket, List<Band> bands, List<Row> rows) {
  HeatMap {
    bands = List.copyOf(bands);
    rows = List.copyOf(rows);
  }

  /** A range of latencies in microseconds; both ends count. */
  record Band(long fromUs, long toUs) {}

  /** One bucket of time. */
  record Row(
      String at, @Schema(description = "One for each band, in their order") List<Long> counts) {
    Row {
      counts = List.copyOf(counts);
    }
  }
}
