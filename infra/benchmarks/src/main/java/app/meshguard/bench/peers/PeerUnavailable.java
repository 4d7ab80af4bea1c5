package app.meshguard.bench.peers;

/** A peer can't be installed or started here; the message says why and what would help. */
public final class PeerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  PeerUnavailable(String message) {
    super(message);
  }
}
