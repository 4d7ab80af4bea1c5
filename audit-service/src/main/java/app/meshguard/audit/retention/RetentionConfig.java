package app.meshguard.audit.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When and how fast entries that need not be kept are deleted. */
@ConfigMapping(prefix = "meshguard.retention")
interface RetentionConfig {
  /** Whether this process looks after the daily run; one process that does is enough. */
  @WithDefault("true")
  boolean enabled();

  /** The hour of the day, in UTC, from which the day's run may begin. */
  @WithDefault("3")
  int hour();

  /** How many entries one transaction deletes at most. */
  @WithDefault("2000")
  int batch();

  /** How long a run for one tenant may take; what is left is for the next one. */
  @WithDefault("30m")
  Duration longest();

  /** The same for a run that an admin waits for. */
  @WithDefault("20s")
  Duration longestWait();
}
