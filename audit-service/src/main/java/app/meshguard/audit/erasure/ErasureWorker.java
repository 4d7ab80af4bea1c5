package app.meshguard.audit.erasure;

import app.meshguard.wire.TenantId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Has erasures carried out in the background: when one is asked for, and every ten seconds what a
 * process that ended, or a fault, left undone.
 */
@ApplicationScoped
class ErasureWorker {
  private static final Logger LOG = Logger.getLogger(ErasureWorker.class);
  private static final int SECONDS = 10;

  private final Eraser eraser;
  private final PostgresErasures erasures;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("erasure").unstarted(task));

  @Inject
  ErasureWorker(Eraser eraser, PostgresErasures erasures) {
    this.eraser = eraser;
    this.erasures = erasures;
  }

  void start(@Observes StartupEvent event) {
    worker.scheduleWithFixedDelay(this::all, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.shutdownNow();
  }

  /** Begins soon. */
  void hurry(TenantId tenant) {
    worker.execute(() -> one(tenant));
  }

  private void all() {
    try {
      erasures.withWork().forEach(this::one);
    } catch (RuntimeException e) {
      LOG.warnf(e, "cannot look for erasures; the next look is in %d s", SECONDS);
    }
  }

  private void one(TenantId tenant) {
    try {
      eraser.work(tenant);
    } catch (RuntimeException e) {
      LOG.errorf(e, "an erasure of %s did not come to its end; it is taken up again", tenant);
    }
  }
}
