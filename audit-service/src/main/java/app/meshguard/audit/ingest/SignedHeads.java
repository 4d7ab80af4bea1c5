package app.meshguard.audit.ingest;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.SignedHead;
import java.util.List;
import java.util.Set;

/** Knows the newest signed heads; asked for with every batch, so it answers from memory. */
public interface SignedHeads {
  /** The heads of these tenants' logs; a log that was never signed is left out. */
  List<SignedHead> of(Set<TenantId> tenants);
}
