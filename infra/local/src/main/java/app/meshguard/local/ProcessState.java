package app.meshguard.local;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How one process of a stack is.
 *
 * @param pid the last known one; 0 when there is none
 * @param url where it listens, when it speaks HTTP
 */
public record ProcessState(String name, Life life, long pid, @Nullable URI url) {
  /** Whether a process lives. */
  public enum Life {
    RUNNING,
    /** It was started, and nobody ended it, but it is gone. */
    DEAD,
    /** It was not started, or it was ended. */
    STOPPED
  }
}
