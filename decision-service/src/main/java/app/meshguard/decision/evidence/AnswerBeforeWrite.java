package app.meshguard.decision.evidence;

import app.meshguard.wire.TenantId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A journal with the fault that the test with kills must find: it answers at once and writes a
 * moment later. Only in the profile test.
 */
final class AnswerBeforeWrite implements RecordLog {
  private static final long DELAY_MS = 20;

  private final RecordLog journal;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("journal-fault").factory());

  AnswerBeforeWrite(RecordLog journal) {
    this.journal = journal;
  }

  @Override
  public void append(TenantId tenant, List<byte[]> records, Executor home, Stored waiter) {
    waiter.stored();
    later.schedule(
        () -> journal.append(tenant, records, Runnable::run, new Unheard()),
        DELAY_MS,
        TimeUnit.MILLISECONDS);
  }

  private static final class Unheard implements Stored {
    @Override
    public void stored() {}

    @Override
    public void failed(EvidenceUnavailable why) {}

    @Override
    public byte @Nullable [] unanswered() {
      return null;
    }
  }
}
