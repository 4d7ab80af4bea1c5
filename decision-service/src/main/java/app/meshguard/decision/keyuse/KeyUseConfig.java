package app.meshguard.decision.keyuse;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the reports of key use. */
@ConfigMapping(prefix = "meshguard.key-use")
public interface KeyUseConfig {

  /** Of one key, at most one use in this time is reported. */
  @WithDefault("60s")
  Duration pause();

  /** How often is looked for uses that are due. */
  @WithDefault("5s")
  Duration tick();
}
