package app.meshguard.decision.evidence;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes receipts for stored records, on a thread of its own. */
public interface ReceiptDesk {

  /** Takes the order and returns at once. */
  void take(Order order);

  /**
   * Records that follow each other in the journal, and which of them somebody wants a receipt for.
   *
   * @param firstPosition of the first record
   * @param wanted indexes in {@code records}
   * @param done called once with a receipt for each of {@code wanted}, in their order, or null
   */
  record Order(
      long firstPosition,
      List<byte[]> records,
      List<Integer> wanted,
      Consumer<@Nullable List<String>> done) {}
}
