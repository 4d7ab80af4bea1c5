package app.meshguard.tenant.platform;

import app.meshguard.identity.SecretsKey;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.identity.TrustedServices;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the deployment gives to this service: time, its identity, whom it trusts, its secrets. */
class PlatformBeans {
  static final String SERVICE = "tenant-service";

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  ServiceIdentity identity(
      @ConfigProperty(name = "meshguard.identity.key-file") Path keyFile, Clock clock) {
    return ServiceIdentity.load(SERVICE, keyFile, clock);
  }

  @Produces
  @Singleton
  TrustedServices trusted(
      @ConfigProperty(name = "meshguard.identity.trusted-keys") Path directory, Clock clock) {
    return TrustedServices.load(SERVICE, directory, clock);
  }

  @Produces
  @Singleton
  SecretsKey secrets(@ConfigProperty(name = "meshguard.secrets.key-file") Path keyFile) {
    return SecretsKey.load(keyFile);
  }

  /** Answers are written by the one mapper that also reads. */
  @Produces
  @Singleton
  ObjectMapper mapper() {
    return Json.MAPPER;
  }
}
