package app.meshguard.audit.epoch;

/** The one advisory lock of whoever signs in a database. */
public final class SignersLock {
  /** INVARIANT: the same in every release, or two signers would not know of each other. */
  public static final long ID = 0x6d657368_5349474eL;

  private SignersLock() {}
}
