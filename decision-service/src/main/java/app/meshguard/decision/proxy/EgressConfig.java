package app.meshguard.decision.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of calls to targets. */
@ConfigMapping(prefix = "meshguard.egress")
public interface EgressConfig {

  /** Targets may be in private networks and without TLS: for the local stack and self-hosting. */
  @WithDefault("false")
  boolean allowPrivate();

  @WithDefault("5s")
  Duration connectTimeout();

  /** How long a target may be silent. */
  @WithDefault("60s")
  Duration idleTimeout();

  /** Connections to one target, of each event loop. */
  @WithDefault("64")
  int poolSize();
}
