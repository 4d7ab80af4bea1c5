package app.meshguard.decision.bundle;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * When the feed was heard last. Kept on disk, so that a restart without the tenant-service does not
 * make old data young.
 */
@Singleton
public class Freshness {
  private static final Logger LOG = Logger.getLogger(Freshness.class);
  private static final long SAVE_EVERY_MS = 2_000;

  private final Path file;
  private final Clock clock;
  private volatile long heardAt;
  private long savedAt;

  Freshness(BundleConfig config, Clock clock) {
    this.file = config.directory().resolve("heard-at");
    this.clock = clock;
    this.heardAt = read();
  }

  private long read() {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    } catch (IOException | NumberFormatException e) {
      // An unreadable age is the greatest age: it never helps the caller.
      LOG.warn("The time of the last heartbeat cannot be read; the bundles count as old", e);
      return 0;
    }
  }

  /** An event of the feed has come. For the feed's thread. */
  void heard() {
    long now = clock.millis();
    heardAt = now;
    if (now - savedAt >= SAVE_EVERY_MS) {
      savedAt = now;
      save(now);
    }
  }

  private void save(long now) {
    Path next = file.resolveSibling("heard-at.new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(next, Long.toString(now));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("The time of the last heartbeat cannot be kept", e);
    }
  }

  /** Milliseconds since the feed was heard. */
  public long ageMs() {
    return Math.max(0, clock.millis() - heardAt);
  }

  public boolean isHeard() {
    return heardAt > 0;
  }
}
