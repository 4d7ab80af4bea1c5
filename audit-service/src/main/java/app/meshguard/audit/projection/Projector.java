package app.meshguard.audit.projection;

import app.meshguard.audit.ingest.BatchCommitted;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Keeps the projection at the end of the log: woken by what this process commits, and every second
 * for what others do.
 */
@ApplicationScoped
@Startup
public class Projector {
  private static final Logger LOG = Logger.getLogger(Projector.class);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private final PostgresProjection projection;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final Semaphore woken = new Semaphore(0);
  private final AtomicLong lagMillis = new AtomicLong();
  private volatile boolean stopped;

  @Inject
  Projector(PostgresProjection projection, Clock clock, MeterRegistry metrics) {
    this.projection = projection;
    this.clock = clock;
    this.metrics = metrics;
  }

  @PostConstruct
  void start() {
    metrics.gauge("meshguard.projection.lag.seconds", lagMillis, millis -> millis.get() / 1e3);
    metrics.counter("meshguard.projection.entries");
    metrics.counter("meshguard.projection.failures");
    Thread.ofPlatform().name("projector").daemon().start(this::run);
  }

  void committed(@Observes BatchCommitted batch) {
    if (woken.availablePermits() == 0) {
      woken.release();
    }
  }

  void stop(@Observes ShutdownEvent shutdown) {
    stopped = true;
    woken.release();
  }

  private void run() {
    while (!stopped) {
      try {
        if (woken.tryAcquire(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          woken.drainPermits();
        }
        catchUp();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (!stopped) {
          metrics.counter("meshguard.projection.failures").increment();
          LOG.error("the projection cannot go on now, and tries again", e);
        }
      }
    }
  }

  /** Projects until nothing is left that was committed before this was called. */
  public void catchUp() {
    PostgresProjection.Step step = projection.step();
    while (step.more() && !stopped) {
      metrics.counter("meshguard.projection.entries").increment(step.entries());
      Instant oldest = step.oldest();
      if (oldest != null) {
        Duration lag = Duration.between(oldest, clock.instant());
        lagMillis.set(lag.toMillis());
        metrics.timer("meshguard.projection.lag").record(lag);
      }
      step = projection.step();
    }
    lagMillis.set(0);
  }
}
