package app.meshguard.local;

/** Another program listens where the front would. */
public final class PortTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTaken(int port) {
    super(
        "Port "
            + port
            + " on 127.0.0.1 is taken by another program. Choose a free one:"
            + " MESHGUARD_PORT=9090 ./meshguard up");
  }
}
