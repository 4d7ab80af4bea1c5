package app.meshguard.bench.evidence;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Replicas that ship as fast as they are acknowledged. */
final class IngestRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(10);

  private final List<EvidenceSender> senders;
  private final List<DecisionRecords> records;
  private final LogTables tables;

  /**
   * What one round took.
   *
   * @param committed entries a second until the last was acknowledged
   * @param signed entries a second until the last was covered by a signed checkpoint
   */
  record Round(long entries, double committed, double signed) {}

  IngestRun(List<EvidenceSender> senders, List<DecisionRecords> records, LogTables tables) {
    this.senders = List.copyOf(senders);
    this.records = List.copyOf(records);
    this.tables = tables;
  }

  Round run(Duration time) throws IOException, InterruptedException, SQLException {
    long begin = System.nanoTime();
    AtomicLong entries = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(senders.size())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < senders.size(); i++) {
        EvidenceSender sender = senders.get(i);
        DecisionRecords mine = records.get(i);
        running.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() - begin < time.toNanos()) {
                    sender.send(mine.next(BareInsert.BATCH), BareInsert.BATCH);
                    entries.addAndGet(BareInsert.BATCH);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the audit-service does not take the batches", e.getCause());
    }
    double committed = entries.get() / seconds(begin);
    await("signed checkpoints", () -> tables.unsigned() == 0);
    return new Round(entries.get(), committed, entries.get() / seconds(begin));
  }

  /** Waits until search has everything, so that rounds do not weigh on each other. */
  void awaitProjected() throws SQLException, InterruptedException {
    await("search", () -> tables.projectedBatch() >= tables.lastBatch());
  }

  private interface Look {
    boolean isDone() throws SQLException;
  }

  private static void await(String what, Look look) throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!look.isDone()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + " did not follow within " + PATIENCE);
      }
      Thread.sleep(POLL);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
