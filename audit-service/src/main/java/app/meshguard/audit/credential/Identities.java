package app.meshguard.audit.credential;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.identity.TrustedServices;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the keys and the clock that the service works with; a missing key stops the start. */
final class Identities {
  static final String SELF = "audit-service";

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  @Startup
  ServiceIdentity identity(IdentityConfig config, Clock clock) {
    return ServiceIdentity.load(SELF, config.keyFile(), clock);
  }

  @Produces
  @Singleton
  @Startup
  TrustedServices trusted(IdentityConfig config, Clock clock) {
    return TrustedServices.load(SELF, config.trustedKeys(), clock);
  }
}
