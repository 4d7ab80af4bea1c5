package app.meshguard.tenant.platform;

import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.Problem;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Heartbeat;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.Revocation;
import app.meshguard.wire.bundle.RevocationsSection;
import app.meshguard.wire.bundle.Versions;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The records of the service boundary that a native image must be able to read and write. */
@RegisterForReflection(
    targets = {
      AdminIdentity.class,
      AdminIdentity.Query.class,
      Problem.class,
      Problem.Fault.class,
      TenantId.class,
      DirectorySection.class,
      DirectorySection.Settings.class,
      DirectorySection.AgentEntry.class,
      DirectorySection.FloorEntry.class,
      DirectorySection.KeyEntry.class,
      DirectorySection.TargetEntry.class,
      DirectorySection.RouteEntry.class,
      FeedAck.class,
      FeedEvent.class,
      Heartbeat.class,
      PoliciesSection.class,
      PoliciesSection.PublishedCanary.class,
      PoliciesSection.PublishedPolicy.class,
      Revocation.class,
      Revocation.Kind.class,
      RevocationsSection.class,
      Versions.class,
      Versions.OfTenant.class
    })
final class ReflectedRecords {
  private ReflectedRecords() {}
}
