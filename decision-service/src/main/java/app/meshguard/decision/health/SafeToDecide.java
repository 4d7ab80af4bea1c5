package app.meshguard.decision.health;

import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalState;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Whether there is data to decide by, and a journal that takes records. */
@Singleton
class SafeToDecide {
  private final Bundles bundles;
  private final Journal journal;

  SafeToDecide(Bundles bundles, Journal journal) {
    this.bundles = bundles;
    this.journal = journal;
  }

  /** Why not, or null. */
  @Nullable String obstacle() {
    if (!bundles.isLoaded()) {
      return "no bundle was ever loaded";
    }
    JournalState.Kind state = journal.state().kind();
    return switch (state) {
      case OPEN -> null;
      case FULL -> "the journal is full";
      case OLD -> "the journal's records have waited too long for the audit-service";
      case BROKEN -> "the journal cannot be written";
      case LATE -> "the journal is slow";
      case CLOSED -> "the service is stopping";
    };
  }
}
