package app.meshguard.decision.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the limits. */
@ConfigMapping(prefix = "meshguard.limit")
public interface LimitConfig {

  /** A decision whose limits are not counted by then is answered 503. */
  @WithDefault("1s")
  Duration timeout();

  /** How many decisions go to the database in one statement. */
  @WithDefault("500")
  int maxBatch();

  /** How many decisions may wait for their limits. */
  @WithDefault("20000")
  int maxWaiting();
}
