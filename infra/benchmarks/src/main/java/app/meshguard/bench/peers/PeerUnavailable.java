package app.meshguard.bench.peers;

/** A peer can't be installed or started here; the reason says why and what would help. */
public final class PeerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  PeerUnavailable(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
