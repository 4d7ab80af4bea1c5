package app.meshguard.decision.evidence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of what an answered decision is worth. */
@ConfigMapping(prefix = "meshguard.evidence")
public interface EvidenceConfig {

  /**
   * {@code local}: an answer waits for the force to disk. {@code replicated}: also for the
   * audit-service's commit; without the audit-service nothing is decided then.
   */
  @WithDefault("local")
  Durability durability();
}
