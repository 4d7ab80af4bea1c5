package app.meshguard.audit.credential;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the other services are. */
@ConfigMapping(prefix = "meshguard.services")
interface ServicesConfig {
  URI tenantUrl();

  /** How long the tenant-service may take to say who stands behind an admin token. */
  @WithDefault("2s")
  Duration tenantTimeout();
}
