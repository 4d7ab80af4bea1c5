package app.meshguard.audit.siem;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for receivers that are due, and lets each be sent to on a thread of its own. */
@ApplicationScoped
class SiemLoop {
  private static final Logger LOG = Logger.getLogger(SiemLoop.class);
  private static final long PAUSE_MILLIS = 500;

  private final SiemQueue queue;
  private final SiemSender sender;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopped;

  @Inject
  SiemLoop(SiemQueue queue, SiemSender sender) {
    this.queue = queue;
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    var unused = threads.submit(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    threads.shutdownNow();
  }

  private void run() {
    while (!stopped) {
      try {
        if (!round()) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (!stopped) {
          LOG.warnf("receivers cannot be looked after now: %s", e.getMessage());
          pause();
        }
      }
    }
  }

  /** One look; whether there was anything to do. */
  private boolean round() {
    List<SiemTarget> due = queue.take();
    List<? extends Future<?>> sending =
        due.stream().map(target -> threads.submit(() -> send(target))).toList();
    for (Future<?> each : sending) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return !due.isEmpty();
  }

  private void send(SiemTarget target) {
    try {
      sender.send(target);
    } catch (RuntimeException e) {
      LOG.errorf(e, "receiver %s of %s", target.name(), target.tenant());
      queue.failed(target, "internal");
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
