package app.meshguard.local.demo;

import java.net.URI;
import java.time.Instant;

/**
 * Starts throw-away decision replicas whose clock stands still. Production profiles refuse that.
 */
@FunctionalInterface
public interface ClockedReplicas {

  /** Starts a replica at which it is always {@code instant}, and returns when it is ready. */
  ClockedReplica startAt(Instant instant);

  /** A running replica; closing it leaves no process behind. */
  interface ClockedReplica extends AutoCloseable {
    URI url();

    @Override
    void close();
  }
}
