package app.meshguard.decision.evidence;

import org.jspecify.annotations.Nullable;

/** Waits for one record. Exactly one of its methods is called, once, on the waiter's own thread. */
public interface Stored {

  /** The record is on stable storage. */
  void stored();

  /** The decision must not be answered. */
  void failed(EvidenceUnavailable why);

  /** Whether {@link #receipted} is called instead of {@link #stored()}. */
  default boolean wantsReceipt() {
    return false;
  }

  /**
   * The record is on stable storage.
   *
   * @param receipt a signed statement that it is; null when none could be made
   */
  default void receipted(@Nullable String receipt) {
    stored();
  }

  /**
   * What to record when the record turns out to be stored although the caller was told {@link
   * EvidenceUnavailable.Cause#LATE}: that it was never answered. Called on the journal's thread.
   */
  default byte @Nullable [] unanswered() {
    return null;
  }
}
