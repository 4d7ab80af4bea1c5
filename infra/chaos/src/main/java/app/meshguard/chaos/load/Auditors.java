package app.meshguard.chaos.load;

import app.meshguard.chaos.client.Http;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.Checkpoints;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Ask for each tenant's checkpoint in turn, and remember all that they were shown. */
public final class Auditors {
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final AtomicInteger turns = new AtomicInteger();
  private final List<Tenant> tenants;
  private final Checkpoints checkpoints;

  public Auditors(List<Tenant> tenants, Checkpoints checkpoints) {
    this.tenants = List.copyOf(tenants);
    this.checkpoints = checkpoints;
  }

  /** One look at one of them, and a short pause. */
  public void look() {
    LockSupport.parkNanos(PAUSE_NANOS);
    look(tenants.get(turns.getAndIncrement() % tenants.size()));
  }

  /** One look at this one. */
  public void look(Tenant tenant) {
    try {
      String text =
          Http.text(
              tenant.base() + "/admin/audit/checkpoint", "X-Admin-Token", tenant.adminToken());
      if (!text.isEmpty()) {
        checkpoints.note(tenant.id(), text);
      }
    } catch (UncheckedIOException e) {
      // The service is away: the next look finds it, or the next but one.
      Thread.yield();
    }
  }
}
