package app.meshguard.audit.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigTest {
  @Test
  void hasTheseKeysAndDefaults() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ServicesConfig.class)
            .withMapping(IdentityConfig.class)
            .withDefaultValue("meshguard.services.tenant-url", "http://tenant:8081")
            .withDefaultValue("meshguard.identity.key-file", "/keys/audit.pem")
            .withDefaultValue("meshguard.identity.trusted-keys", "/keys/trusted")
            .build();

    ServicesConfig services = config.getConfigMapping(ServicesConfig.class);
    assertEquals(URI.create("http://tenant:8081"), services.tenantUrl());
    assertEquals(Duration.ofSeconds(2), services.tenantTimeout());
    IdentityConfig identity = config.getConfigMapping(IdentityConfig.class);
    assertEquals(Path.of("/keys/audit.pem"), identity.keyFile());
    assertEquals(Path.of("/keys/trusted"), identity.trustedKeys());
  }

  @Test
  void failsWithoutAKey() {
    assertThrows(
        ConfigValidationException.class,
        () -> new SmallRyeConfigBuilder().withMapping(IdentityConfig.class).build());
  }
}
