package app.meshguard.decision.bundle;

import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says once that the feed is interrupted and why, and once that it is back. For one thread. */
final class FeedOutage {
  private static final Logger LOG = Logger.getLogger(FeedOutage.class);

  private boolean ongoing;
  private long sinceNanos;

  void noticed(Throwable cause) {
    if (ongoing) {
      LOG.debugf("The feed is still interrupted: %s", reason(cause));
      return;
    }
    ongoing = true;
    sinceNanos = System.nanoTime();
    LOG.warnf(
        "The feed is interrupted: %s. Decisions go by what is known; trying on", reason(cause));
  }

  void over() {
    if (ongoing) {
      ongoing = false;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
      LOG.infof("The feed is back after %d s", seconds);
    }
  }

  /** What the failure says; the name of its kind where it says nothing, as a refused connection. */
  static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !message.isBlank()) {
        return message;
      }
    }
    return failure.getClass().getSimpleName();
  }
}
