package app.meshguard.bench.evidence;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** How long after its commit a batch is found by search, while batches come at a steady rate. */
final class ProjectionLag {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EvidenceSender sender;
  private final DecisionRecords records;
  private final LogTables tables;
  private final Map<Long, Long> projectedAt = new TreeMap<>();

  private record Acknowledged(long position, long at) {}

  ProjectionLag(EvidenceSender sender, DecisionRecords records, LogTables tables) {
    this.sender = sender;
    this.records = records;
    this.tables = tables;
  }

  /**
   * Sends for so long, and waits until search has all of it.
   *
   * @return milliseconds, one value a batch
   */
  Histogram run(int entriesPerSecond, int perBatch, Duration time)
      throws IOException, InterruptedException, SQLException {
    List<Acknowledged> acknowledged = new ArrayList<>();
    long interval = (long) (1e9 * perBatch / entriesPerSecond);
    long begin = System.nanoTime();
    for (long due = begin; due - begin < time.toNanos(); due += interval) {
      while (System.nanoTime() < due) {
        look();
        LockSupport.parkNanos(Math.min(5_000_000, Math.max(1, due - System.nanoTime())));
      }
      long position = sender.send(records.next(perBatch), perBatch);
      acknowledged.add(new Acknowledged(position, System.nanoTime()));
      look();
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (tables.projectedBatch() < tables.lastBatch() && System.nanoTime() < end) {
      look();
      LockSupport.parkNanos(5_000_000);
    }
    look();
    return lags(acknowledged);
  }

  private void look() throws SQLException {
    projectedAt.putIfAbsent(tables.projectedBatch(), System.nanoTime());
  }

  private Histogram lags(List<Acknowledged> acknowledged) throws SQLException {
    Histogram lags = new Histogram(3);
    for (Acknowledged each : acknowledged) {
      long batch = tables.batch(sender.journal(), each.position());
      long found =
          projectedAt.entrySet().stream()
              .filter(seen -> seen.getKey() >= batch)
              .mapToLong(Map.Entry::getValue)
              .min()
              .orElseThrow(() -> new IllegalStateException("search stands still at " + batch));
      lags.recordValue(Math.max(0, (found - each.at()) / 1_000_000));
    }
    return lags;
  }
}
