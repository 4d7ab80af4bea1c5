package app.meshguard.decision.evidence;

import app.meshguard.decision.evidence.EvidenceUnavailable.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the journal takes records.
 *
 * @param retryAt for a broken journal: when the next record may try again ({@link
 *     System#nanoTime()})
 */
public record JournalState(Kind kind, long retryAt) {
  static final JournalState OPEN = new JournalState(Kind.OPEN, 0);
  static final JournalState FULL = new JournalState(Kind.FULL, 0);
  static final JournalState OLD = new JournalState(Kind.OLD, 0);
  static final JournalState LATE = new JournalState(Kind.LATE, 0);
  static final JournalState CLOSED = new JournalState(Kind.CLOSED, 0);

  private static final Duration RETRY = Duration.ofMillis(200);

  /** What a journal can be. */
  public enum Kind {
    OPEN,
    FULL,
    OLD,
    BROKEN,
    LATE,
    CLOSED
  }

  static JournalState broken() {
    return new JournalState(Kind.BROKEN, System.nanoTime() + RETRY.toNanos());
  }

  /** Why a record cannot be taken now, or null. */
  @Nullable Cause refusal(long now) {
    return switch (kind) {
      case OPEN -> null;
      case FULL -> Cause.FULL;
      case OLD -> Cause.OLD;
      case BROKEN -> now - retryAt < 0 ? Cause.BROKEN : null;
      case LATE -> Cause.LATE;
      case CLOSED -> Cause.CLOSED;
    };
  }
}
