package app.meshguard.tenant.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the way to the audit-service. */
@ConfigMapping(prefix = "meshguard.outbox")
public interface OutboxConfig {

  /** How often records of other replicas are looked for. */
  @WithDefault("1s")
  Duration look();

  /** The longest pause between two tries. */
  @WithDefault("5s")
  Duration maxBackoff();

  /**
   * How long what is acknowledged is kept: an audit log that is restored from a backup younger than
   * this gets it again.
   */
  @WithDefault("7d")
  Duration keep();
}
