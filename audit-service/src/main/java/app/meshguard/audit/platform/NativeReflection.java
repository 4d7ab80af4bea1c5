package app.meshguard.audit.platform;

import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.Problem;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import app.meshguard.wire.evidence.SignedHead;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Shared records that JSON is made of and read into: a native image must be told of them. */
@RegisterForReflection(
    targets = {
      AdminIdentity.class,
      AdminIdentity.Query.class,
      JournalPosition.class,
      JournalRegistration.class,
      SignedHead.class,
      Problem.class,
      Problem.Fault.class,
      TenantId.class
    })
final class NativeReflection {}
