package app.meshguard.decision.evidence;

/**
 * The record of a decision is not on stable storage, so the decision must not be answered: the
 * caller gets 503 {@code evidence_unavailable}.
 */
public final class EvidenceUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why not. */
  public enum Cause {
    /** The journal has reached its size; it goes on when the audit-service has taken records. */
    FULL,
    /** The oldest record waits for the audit-service for longer than the journal may hold it. */
    OLD,
    /** The tenant has reached its share of the journal; others go on. */
    SHARE,
    /** The force, or the commit, took longer than the deadline; the record may be there though. */
    LATE,
    /** Writing or forcing failed. */
    BROKEN,
    /** The record is larger than a journal takes. */
    TOO_LARGE,
    /** The service is stopping. */
    CLOSED
  }

  private final Cause cause;

  public EvidenceUnavailable(Cause cause) {
    super("evidence unavailable: " + cause, null, false, false);
    this.cause = cause;
  }

  public Cause why() {
    return cause;
  }
}
