package app.meshguard.audit.ingest;

import app.meshguard.wire.TenantId;
import java.util.Set;

/**
 * A CDI event: this process has committed a batch. Observers are called by whoever shipped it, who
 * waits: they wake somebody up and return. Batches of other processes are not told of.
 *
 * @param batch its number: all below it are committed too
 * @param tenants whose logs have grown
 */
public record BatchCommitted(long batch, Set<TenantId> tenants) {
  public BatchCommitted {
    tenants = Set.copyOf(tenants);
  }
}
