package app.meshguard.decision.evidence;

import java.util.concurrent.Executor;

/** Takes records. */
public interface RecordLog {

  /**
   * Appends a record.
   *
   * @param record one canonical JSON object, UTF-8, without a newline; not changed afterwards
   * @param home where the waiter is called: its event loop, so that all waiters of one loop cost
   *     one change of thread
   */
  void append(byte[] record, Executor home, Stored waiter);
}
