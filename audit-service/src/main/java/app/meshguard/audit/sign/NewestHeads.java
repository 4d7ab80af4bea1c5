package app.meshguard.audit.sign;

import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.ingest.SignedHeads;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.SignedHead;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The newest committed heads that this process knows: what replicas are shown with each batch. */
@ApplicationScoped
class NewestHeads implements SignedHeads {
  private final ConcurrentMap<String, SignedHead> heads = new ConcurrentHashMap<>();

  /** Takes heads that are committed. */
  void released(Collection<GuardedHead> signed) {
    for (GuardedHead head : signed) {
      heads.put(
          head.tenant(),
          new SignedHead(
              head.origin(), head.size(), Base64.getEncoder().encodeToString(head.root())));
    }
  }

  @Override
  public List<SignedHead> of(Set<TenantId> tenants) {
    return tenants.stream()
        .map(tenant -> heads.get(tenant.value()))
        .filter(Objects::nonNull)
        .toList();
  }
}
