package app.meshguard.audit.retention;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.hold.Alone;
import app.meshguard.audit.hold.Holds;
import app.meshguard.audit.tenants.AuditSettings;
import app.meshguard.audit.tenants.TenantSettings;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs retention for every tenant once a day, in one process of all. A day whose hour passed while
 * nothing ran, or whose run was cut short, is made up for within a minute.
 */
@ApplicationScoped
class RetentionNight {
  private static final Logger LOG = Logger.getLogger(RetentionNight.class);
  private static final String DONE = "SELECT FROM retention_night WHERE day = $1";
  private static final String FINISH =
      "INSERT INTO retention_night (day, finished_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

  private final Retention retention;
  private final Holds holds;
  private final TenantSettings settings;
  private final Alone alone;
  private final RetentionConfig config;
  private final Pool pool;
  private final Clock clock;
  private final ScheduledExecutorService everyMinute =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("retention").unstarted(task));

  @Inject
  RetentionNight(
      Retention retention,
      Holds holds,
      TenantSettings settings,
      Alone alone,
      RetentionConfig config,
      @ReactiveDataSource("retention") Pool pool,
      Clock clock) {
    this.retention = retention;
    this.holds = holds;
    this.settings = settings;
    this.alone = alone;
    this.config = config;
    this.pool = pool;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      everyMinute.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.MINUTES);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    everyMinute.shutdownNow();
  }

  private void look() {
    try {
      OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
      if (now.getHour() >= config.hour() && !done(now.toLocalDate())) {
        alone.run("retention", () -> night(now.toLocalDate()));
      }
    } catch (RuntimeException e) {
      LOG.warnf(e, "the day's retention did not run; the next try is in a minute");
    }
  }

  /** Runs for all tenants, unless the day's run is done. */
  boolean night(LocalDate day) {
    if (done(day)) {
      return false;
    }
    settings.ofAll().forEach(this::one);
    await(
        pool.preparedQuery(FINISH)
            .execute(Tuple.of(day, clock.instant().atOffset(ZoneOffset.UTC))));
    return true;
  }

  private void one(TenantId tenant, AuditSettings of) {
    try {
      Optional<RetentionPeriod> period = RetentionPeriod.of(of);
      if (period.isEmpty()) {
        LOG.errorf("%s has no retention period that is known: nothing is deleted", tenant);
        return;
      }
      holds.note(tenant);
      alone.run(
          "retention/" + tenant, () -> retention.run(tenant, period.get(), null, config.longest()));
    } catch (RuntimeException e) {
      LOG.errorf(e, "retention failed for %s; the others go on", tenant);
    }
  }

  private boolean done(LocalDate day) {
    return await(pool.preparedQuery(DONE).execute(Tuple.of(day))).size() > 0;
  }
}
