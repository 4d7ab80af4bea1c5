package app.meshguard.audit.siem;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of calls to receivers: the same that the gateway has for targets. */
@ConfigMapping(prefix = "meshguard.egress")
interface SiemConfig {
  /** Receivers may be in private networks and without TLS: for the local stack, self-hosting. */
  @WithDefault("false")
  boolean allowPrivate();

  @WithDefault("5s")
  Duration connectTimeout();

  /** How long a receiver may take for a batch. */
  @WithDefault("30s")
  Duration idleTimeout();
}
