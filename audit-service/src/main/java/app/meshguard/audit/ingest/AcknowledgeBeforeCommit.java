package app.meshguard.audit.ingest;

import app.meshguard.wire.evidence.JournalPosition;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A log with the fault that the test with kills must find: it says that a batch is committed, and
 * commits it a moment later. Only in the profile test.
 */
final class AcknowledgeBeforeCommit implements BatchLog {
  private static final String NAME = "acknowledge-before-commit";
  private static final long DELAY_MS = 150;

  private final BatchLog log;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("evidence-fault").factory());

  private AcknowledgeBeforeCommit(BatchLog log) {
    this.log = log;
  }

  static BatchLog named(String fault, BatchLog log) {
    if (!fault.equals(NAME)) {
      throw new IllegalArgumentException(
          "meshguard.evidence.planted-fault can be " + NAME + ", not " + fault);
    }
    return new AcknowledgeBeforeCommit(log);
  }

  @Override
  public AppendResult append(EvidenceBatch batch, String service) {
    // What becomes of it nobody hears: that is the fault.
    later.schedule(() -> log.append(batch, service), DELAY_MS, TimeUnit.MILLISECONDS);
    String hash = HexFormat.of().formatHex(batch.hashAt(batch.lastPosition()));
    JournalPosition position =
        new JournalPosition(batch.journal().toString(), batch.lastPosition(), hash);
    return new AppendResult.Committed(position, batch.size(), 0, 0, Set.of());
  }
}
