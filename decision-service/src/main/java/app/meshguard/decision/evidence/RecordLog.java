package app.meshguard.decision.evidence;

import app.meshguard.wire.TenantId;
import java.util.List;
import java.util.concurrent.Executor;

/** Takes records. */
public interface RecordLog {

  /**
   * Appends a record.
   *
   * @param tenant whose record it is: its share of the room is bounded
   * @param record one canonical JSON object, UTF-8, without a newline; not changed afterwards
   * @param home where the waiter is called: its event loop, so that all waiters of one loop cost
   *     one change of thread
   */
  default void append(TenantId tenant, byte[] record, Executor home, Stored waiter) {
    append(tenant, List.of(record), home, waiter);
  }

  /** Appends records that are stored in one go; the waiter is called once, when all of them are. */
  void append(TenantId tenant, List<byte[]> records, Executor home, Stored waiter);
}
