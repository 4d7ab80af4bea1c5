package app.meshguard.decision.bundle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of the bundles. */
@ConfigMapping(prefix = "meshguard.bundle")
public interface BundleConfig {

  /** Where the last good sections are kept, so that a restart alone still decides. */
  @WithDefault("bundles")
  Path directory();

  /** A feed without any event for so long is taken for dead. */
  @WithDefault("2s")
  Duration silence();

  /** The longest pause before the feed is tried again. */
  @WithDefault("1s")
  Duration maxBackoff();
}
