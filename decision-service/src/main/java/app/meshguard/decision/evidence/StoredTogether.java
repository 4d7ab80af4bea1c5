package app.meshguard.decision.evidence;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Waits for several records as if they were one. */
final class StoredTogether implements Stored {
  private final Stored waiter;
  private final AtomicInteger missing;

  StoredTogether(Stored waiter, int records) {
    this.waiter = waiter;
    this.missing = new AtomicInteger(records);
  }

  @Override
  public void stored() {
    if (missing.decrementAndGet() == 0) {
      waiter.stored();
    }
  }

  /** The first failure is everybody's: what is missing then never becomes nothing. */
  @Override
  public void failed(EvidenceUnavailable why) {
    if (missing.getAndSet(Integer.MIN_VALUE) > 0) {
      waiter.failed(why);
    }
  }

  @Override
  public byte @Nullable [] unanswered() {
    return waiter.unanswered();
  }
}
