package app.meshguard.decision.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who wait that their records are stored: after the force, or, for {@link
 * Durability#REPLICATED}, after the audit-service's commit.
 */
final class Answers {
  private static final Logger LOG = Logger.getLogger(Answers.class);
  private static final Executor DIRECT = Runnable::run;
  private static final Stored NOBODY =
      new Stored() {
        @Override
        public void stored() {}

        @Override
        public void failed(EvidenceUnavailable why) {}
      };

  private final RecordLog journal;
  private final Durability durability;
  private final Deque<Force> uncommitted = new ArrayDeque<>();
  private volatile @Nullable ReceiptDesk receipts;

  Answers(RecordLog journal, Durability durability) {
    this.journal = journal;
    this.durability = durability;
  }

  void receiptsFrom(ReceiptDesk desk) {
    receipts = desk;
  }

  void forced(Force force) {
    if (durability == Durability.LOCAL) {
      settle(force);
    } else {
      synchronized (uncommitted) {
        uncommitted.add(force);
      }
    }
  }

  /** The audit-service has committed everything up to {@code position}. */
  void committed(long position) {
    if (durability == Durability.LOCAL) {
      return;
    }
    List<Force> done = new ArrayList<>();
    synchronized (uncommitted) {
      for (Force force = uncommitted.peek();
          force != null && force.lastPosition() <= position;
          force = uncommitted.peek()) {
        done.add(uncommitted.remove());
      }
    }
    done.forEach(this::settle);
  }

  /**
   * Refuses those who have waited for the audit-service since before {@code nanoTime}, and all
   * behind them. What is committed later is recorded as not answered.
   */
  boolean refuseLate(long nanoTime) {
    List<Force> late;
    synchronized (uncommitted) {
      Force oldest = uncommitted.peek();
      if (oldest == null || nanoTime - oldest.records().getFirst().since < 0) {
        return false;
      }
      late = List.copyOf(uncommitted);
    }
    late.forEach(f -> f.records().forEach(w -> w.fail(EvidenceUnavailable.Cause.LATE)));
    return true;
  }

  private void settle(Force force) {
    ReceiptDesk desk = receipts;
    boolean receipted = desk != null && force.wantsReceipts();
    Map<Executor, List<Waiting>> homes = new IdentityHashMap<>(8);
    List<Integer> wanted = new ArrayList<>(0);
    for (int i = 0; i < force.records().size(); i++) {
      Waiting waiting = force.records().get(i);
      if (waiting.settle(Waiting.State.STORED)) {
        if (receipted && waiting.wantsReceipt) {
          wanted.add(i);
        } else {
          homes.computeIfAbsent(waiting.home, h -> new ArrayList<>()).add(waiting);
        }
      } else if (waiting.wasLate()) {
        recordUnanswered(waiting);
      }
    }
    homes.forEach(Answers::tell);
    if (desk != null && !wanted.isEmpty()) {
      desk.take(order(force, wanted));
    }
  }

  private static void tell(Executor home, List<Waiting> waiting) {
    execute(home, () -> waiting.forEach(w -> w.waiter.stored()));
  }

  private static ReceiptDesk.Order order(Force force, List<Integer> wanted) {
    return new ReceiptDesk.Order(
        force.firstPosition(),
        force.records().stream().map(w -> w.record).toList(),
        wanted,
        receipts -> {
          for (int i = 0; i < wanted.size(); i++) {
            Waiting waiting = force.records().get(wanted.get(i));
            String receipt = receipts == null ? null : receipts.get(i);
            execute(waiting.home, () -> waiting.waiter.receipted(receipt));
          }
        });
  }

  private static void execute(Executor home, Runnable task) {
    try {
      home.execute(task);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and with it the connections: a record without an answer.
      LOG.debug("Nobody is there to be answered", e);
    }
  }

  private void recordUnanswered(Waiting waiting) {
    byte[] record = waiting.waiter.unanswered();
    if (record != null) {
      journal.append(waiting.share.tenant(), record, DIRECT, NOBODY);
    }
  }
}
