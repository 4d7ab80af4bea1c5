package app.meshguard.decision.platform;

import app.meshguard.identity.SecretsKey;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.identity.TrustedServices;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Heartbeat;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.Revocation;
import app.meshguard.wire.bundle.RevocationsSection;
import app.meshguard.wire.bundle.Versions;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import app.meshguard.wire.evidence.SignedHead;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the deployment gives to this service: time, its identity, whom it trusts, its secrets. */
@RegisterForReflection(
    targets = {
      app.meshguard.wire.TenantId.class,
      DirectorySection.class,
      DirectorySection.Settings.class,
      DirectorySection.FloorEntry.class,
      DirectorySection.AgentEntry.class,
      DirectorySection.KeyEntry.class,
      DirectorySection.TargetEntry.class,
      DirectorySection.RouteEntry.class,
      PoliciesSection.class,
      PoliciesSection.PublishedPolicy.class,
      PoliciesSection.PublishedCanary.class,
      RevocationsSection.class,
      Revocation.class,
      Revocation.Kind.class,
      Versions.class,
      Versions.OfTenant.class,
      FeedEvent.class,
      FeedAck.class,
      Heartbeat.class,
      JournalPosition.class,
      JournalRegistration.class,
      SignedHead.class
    })
class PlatformBeans {
  static final String SERVICE = "decision-service";

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
}
