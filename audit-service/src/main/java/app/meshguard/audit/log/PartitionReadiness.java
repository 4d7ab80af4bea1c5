package app.meshguard.audit.log;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Warns while the coming month has no partition. The service stays ready: the default partition
 * takes what comes, and the partitions command moves it.
 */
@Readiness
@ApplicationScoped
class PartitionReadiness implements AsyncHealthCheck {
  static final String NAME = "log partitions";
  private static final Logger LOG = Logger.getLogger(PartitionReadiness.class);

  private final Pool pool;
  private final Clock clock;

  @Inject
  PartitionReadiness(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    YearMonth next = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).plusMonths(1);
    String partition = "log_entry_%d_%02d".formatted(next.getYear(), next.getMonthValue());
    return pool.preparedQuery("SELECT to_regclass($1) IS NOT NULL")
        .execute(Tuple.of(partition))
        .ifNoItem()
        .after(Duration.ofSeconds(5))
        .fail()
        .map(rows -> answer(next, rows.iterator().next().getBoolean(0)))
        .onFailure()
        .recoverWithItem(HealthCheckResponse.down(NAME));
  }

  private static HealthCheckResponse answer(YearMonth next, boolean there) {
    if (there) {
      return HealthCheckResponse.up(NAME);
    }
    LOG.warnf("the log has no partition for %s: run the partitions command", next);
    return HealthCheckResponse.named(NAME)
        .up()
        .withData("warning", "no partition for " + next + ": run the partitions command")
        .build();
  }
}
