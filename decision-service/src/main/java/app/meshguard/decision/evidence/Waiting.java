package app.meshguard.decision.evidence;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** A record on its way to stable storage, and who waits for it. */
final class Waiting {
  /** How far it has come; leaves {@code WAITING} once. */
  enum State {
    WAITING,
    STORED,
    FAILED,
    LATE
  }

  final TenantShare share;
  final byte[] record;
  final Executor home;
  final Stored waiter;
  final boolean wantsReceipt;
  final long since;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  Waiting(TenantShare share, byte[] record, Executor home, Stored waiter, long since) {
    this.share = share;
    this.record = record;
    this.home = home;
    this.waiter = waiter;
    this.wantsReceipt = waiter.wantsReceipt();
    this.since = since;
  }

  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  boolean wasLate() {
    return state.get() == State.LATE;
  }

  /** True for the one caller that may tell the waiter. */
  boolean settle(State to) {
    return state.compareAndSet(State.WAITING, to);
  }

  void fail(EvidenceUnavailable.Cause cause) {
    State to = cause == EvidenceUnavailable.Cause.LATE ? State.LATE : State.FAILED;
    if (settle(to)) {
      try {
        home.execute(() -> waiter.failed(new EvidenceUnavailable(cause)));
      } catch (RejectedExecutionException e) {
        // Its event loop has ended: there is no connection left to answer on.
        return;
      }
    }
  }
}
