package app.meshguard.audit.epoch;

import app.meshguard.audit.guard.SharedGuard;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Begins the log of a tenant that asks for it before there is an entry. */
@ApplicationScoped
public class LogBeginning {
  private final Pool pool;
  private final LogKeys keys;
  private final SharedGuard guard;

  @Inject
  LogBeginning(@ReactiveDataSource("sign") Pool pool, LogKeys keys, SharedGuard guard) {
    this.pool = pool;
    this.keys = keys;
    this.guard = guard;
  }

  /** Begins the log unless it is there. */
  public void of(TenantId tenant) {
    new Logs(pool, keys, guard.get()).begin(tenant.value());
  }
}
