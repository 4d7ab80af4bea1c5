package app.meshguard.decision.evidence;

import org.jspecify.annotations.Nullable;

/** Waits for one record. Exactly one of its methods is called, once, on the waiter's own thread. */
public interface Stored {

  /** The record is on stable storage. */
  void stored();

  /** The decision must not be answered. */
  void failed(EvidenceUnavailable why);

  /**
   * What to record when the record turns out to be stored although the caller was told {@link
   * EvidenceUnavailable.Cause#LATE}: that it was never answered. Called on the journal's thread.
   */
  default byte @Nullable [] unanswered() {
    return null;
  }
}
