package app.meshguard.audit.erasure;

import app.meshguard.audit.hold.Alone;
import app.meshguard.audit.hold.GuardedDestruction;
import app.meshguard.audit.ingest.OwnRecords;
import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.subject.Subjects;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Carries out erasures, a page at a time. What a page destroyed and that it did is one transaction:
 * after a crash the next page is taken, by whoever comes first.
 */
@ApplicationScoped
class Eraser {
  private final PostgresErasures erasures;
  private final GuardedDestruction destruction;
  private final TenantLog log;
  private final LogEntries entries;
  private final Subjects subjects;
  private final OwnRecords own;
  private final Alone alone;
  private final ErasureConfig config;
  private final Clock clock;

  @Inject
  Eraser(
      PostgresErasures erasures,
      GuardedDestruction destruction,
      TenantLog log,
      LogEntries entries,
      Subjects subjects,
      OwnRecords own,
      Alone alone,
      ErasureConfig config,
      Clock clock) {
    this.erasures = erasures;
    this.destruction = destruction;
    this.log = log;
    this.entries = entries;
    this.subjects = subjects;
    this.own = own;
    this.alone = alone;
    this.config = config;
    this.clock = clock;
  }

  /** Carries out all that was asked for, unless somebody else is at it. */
  void work(TenantId tenant) {
    alone.run(
        "erasure/" + tenant,
        () -> {
          erasures.unrecorded(tenant).forEach(erasure -> finish(tenant, erasure));
          return true;
        });
  }

  private void finish(TenantId tenant, Erasure asked) {
    Erasure erasure = asked;
    while (erasure.finishedAt() == null) {
      page(tenant, erasure, config.page());
      erasure = erasures.find(tenant, asked.id()).orElseThrow();
    }
    own.append(ErasureRecord.of(tenant, erasure, erasures.erased(tenant, erasure.id())));
    erasures.recorded(tenant, erasure.id());
  }

  /** Looks at the next entries and destroys those that are about the person. */
  void page(TenantId tenant, Erasure erasure, int size) {
    long from = erasure.nextIndex();
    long to =
        log.read(
            tenant,
            connection -> erasures.pageEnd(connection, tenant, from, erasure.endIndex(), size));
    List<byte[]> keys = subjects.keys(tenant);
    List<LogEntry> page =
        log.read(tenant, connection -> entries.read(connection, tenant, from, to));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    destruction.destroy(
        tenant,
        (connection, holds) -> {
          ErasurePage does = ErasurePage.of(page, erasure.subject(), holds, keys);
          erasures.carryOut(connection, tenant, erasure, does, to, now);
          return does;
        });
  }
}
