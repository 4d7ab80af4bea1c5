package app.meshguard.bench.load;

/** The service answered, but not what it had to: the run is worth nothing. */
public final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongAnswer(String message) {
    super(message);
  }
}
