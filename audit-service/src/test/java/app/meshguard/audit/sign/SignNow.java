package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogBeginning;
import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.epoch.LogRows;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.SignedHead;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Lets the service's signer work until a log is as a test wants it. */
@Dependent
public class SignNow {
  private static final long LIMIT_NANOS = 20_000_000_000L;

  @Inject SigningLoop loop;
  @Inject TenantLog database;
  @Inject LogBeginning beginning;
  @Inject NewestHeads heads;

  /** The tenant's newest log once it covers its first {@code entries} entries. */
  public LogRow upTo(TenantId tenant, long entries) {
    return until(tenant, log -> log.covers(entries - 1));
  }

  /** The tenant's newest log once it is halted. */
  public LogRow halted(TenantId tenant) {
    return until(tenant, log -> log.state() == LogRow.State.HALTED);
  }

  public List<LogRow> logs(TenantId tenant) {
    return database.read(tenant, connection -> LogRows.of(connection, tenant));
  }

  /** What replicas are shown of the tenant's newest head, once they are. */
  public List<SignedHead> heads(TenantId tenant) {
    long size = logs(tenant).getLast().size();
    long end = System.nanoTime() + LIMIT_NANOS;
    List<SignedHead> shown = heads.of(Set.of(tenant));
    // The service's own round may be between its commit and this.
    while (shown.isEmpty() || shown.getFirst().size() < size) {
      if (System.nanoTime() > end) {
        throw new AssertionError("shown is still " + shown);
      }
      loop.round(true);
      shown = heads.of(Set.of(tenant));
    }
    return shown;
  }

  private LogRow until(TenantId tenant, Predicate<LogRow> wanted) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (true) {
      List<LogRow> logs = logs(tenant);
      if (!logs.isEmpty() && wanted.test(logs.getLast())) {
        return logs.getLast();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("the log is still " + logs);
      }
      // The service's own round may have the lock: then that one does it.
      loop.round(true);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
