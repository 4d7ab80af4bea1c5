package app.meshguard.decision.proxy;

import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.identity.SecretsKey;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The tenants' targets, made ready once for each that the directory brings. */
@Singleton
class Targets {
  private final SecretsKey secrets;
  private final ConcurrentMap<TenantId, Ready> ready = new ConcurrentHashMap<>();

  private record Ready(@Nullable TargetEntry entry, Target target) {}

  Targets(SecretsKey secrets) {
    this.secrets = secrets;
  }

  Target of(TenantBundle bundle) {
    TargetEntry entry = bundle.directory().target();
    Ready known = ready.get(bundle.tenant());
    if (known == null || known.entry() != entry) {
      known = new Ready(entry, Target.of(bundle.tenant(), entry, secrets));
      ready.put(bundle.tenant(), known);
    }
    return known.target();
  }
}
