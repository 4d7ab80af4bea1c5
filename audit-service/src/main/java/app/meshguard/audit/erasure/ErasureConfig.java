package app.meshguard.audit.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How erasures are done, and what is told of backups. */
@ConfigMapping(prefix = "meshguard.erasure")
interface ErasureConfig {
  /**
   * How long the operator keeps backups of the audit database: after that, what was erased is in
   * none of them. It is told, not enforced.
   */
  @WithDefault("30d")
  Duration backupHorizon();

  /** How many entries are looked at in one transaction. */
  @WithDefault("500")
  int page();
}
