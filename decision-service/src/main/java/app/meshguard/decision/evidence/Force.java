package app.meshguard.decision.evidence;

import java.util.List;

/**
 * Records that one force brought to stable storage.
 *
 * @param firstPosition of the first of them; the others follow without a gap
 */
record Force(long firstPosition, List<Waiting> records) {
  long lastPosition() {
    return firstPosition + records.size() - 1;
  }

  boolean wantsReceipts() {
    for (Waiting waiting : records) {
      if (waiting.wantsReceipt) {
        return true;
      }
    }
    return false;
  }
}
