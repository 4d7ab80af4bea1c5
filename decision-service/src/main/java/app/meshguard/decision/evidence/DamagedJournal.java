package app.meshguard.decision.evidence;

/**
 * A record that was on stable storage is not whole any more. The service refuses to start: going on
 * would hide that evidence is lost.
 */
public final class DamagedJournal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long position;

  DamagedJournal(SegmentName segment, int offset, long position, long forced) {
    super(
        "the journal is damaged: segment "
            + segment
            + ", offset "
            + offset
            + ": record "
            + position
            + " is not whole, although all records up to "
            + forced
            + " were forced to disk. Restore the segment, or move the journal directory away to"
            + " start a new journal, ship what stands before the damage (journal ship <dir>), and"
            + " keep the directory as evidence");
    this.position = position;
  }

  /** The first record that is not whole. */
  long position() {
    return position;
  }
}
