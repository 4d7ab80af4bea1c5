package app.meshguard.decision.receipt;

import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.ReceiptDesk;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Signs receipts on a thread of its own. What has been stored while it signed goes into one tree:
 * so it keeps up with forces, which are quicker than signatures.
 */
@Singleton
public class Receipts implements ReceiptDesk {
  private static final Logger LOG = Logger.getLogger(Receipts.class);
  private static final int MOST_LEAVES = 10_000;

  private final ReceiptKey key;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("receipts").unstarted(this::run);

  public Receipts(ReceiptKey key) {
    this.key = key;
  }

  void start(@Observes @Priority(100) StartupEvent started, Journal journal) {
    start();
    journal.receiptsFrom(this);
  }

  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() {
    thread.interrupt();
  }

  @Override
  public void take(Order order) {
    orders.add(order);
  }

  private void run() {
    try {
      while (true) {
        issueGuarded(together(orders.take()));
      }
    } catch (InterruptedException e) {
      LOG.debug("No more receipts", e);
    }
  }

  /** With what follows it in the journal without a gap. */
  private List<Order> together(Order first) {
    List<Order> all = new ArrayList<>();
    all.add(first);
    int leaves = first.records().size();
    long next = first.firstPosition() + leaves;
    for (Order order = orders.peek();
        order != null
            && order.firstPosition() == next
            && leaves + order.records().size() <= MOST_LEAVES;
        order = orders.peek()) {
      all.add(orders.remove());
      leaves += order.records().size();
      next += order.records().size();
    }
    return all;
  }

  private void issueGuarded(List<Order> all) {
    try {
      issue(all);
    } catch (RuntimeException e) {
      LOG.error("Receipts could not be made", e);
      all.forEach(order -> order.done().accept(null));
    }
  }

  private void issue(List<Order> all) {
    List<byte[]> records = new ArrayList<>();
    all.forEach(order -> records.addAll(order.records()));
    long first = all.getFirst().firstPosition();
    BatchTree tree = new BatchTree(records);
    String checkpoint = checkpoint(tree, first);
    List<List<String>> made = new ArrayList<>();
    for (Order order : all) {
      int offset = (int) (order.firstPosition() - first);
      made.add(
          order.wanted().stream().map(index -> text(tree, offset + index, checkpoint)).toList());
    }
    // All are made before the first is told: a fault leaves nobody told twice.
    for (int i = 0; i < all.size(); i++) {
      all.get(i).done().accept(made.get(i));
    }
  }

  /** The line behind the root says where in the journal these records are. */
  private String checkpoint(BatchTree tree, long first) {
    return key.note(
        key.origin()
            + "\n"
            + tree.size()
            + "\n"
            + base64(tree.root())
            + "\npositions "
            + first
            + " "
            + (first + tree.size() - 1)
            + "\n");
  }

  private static String text(BatchTree tree, int index, String checkpoint) {
    StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nextra ");
    text.append(base64(tree.leaf(index))).append("\nindex ").append(index);
    for (byte[] hash : tree.path(index)) {
      text.append('\n').append(base64(hash));
    }
    return text.append("\n\n").append(checkpoint).toString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
