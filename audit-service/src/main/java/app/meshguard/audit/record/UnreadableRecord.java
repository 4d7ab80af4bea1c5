package app.meshguard.audit.record;

/** A line of a batch is not a record that this version can read; says why in one sentence. */
public final class UnreadableRecord extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableRecord(String why) {
    super(why, null, false, false);
  }
}
