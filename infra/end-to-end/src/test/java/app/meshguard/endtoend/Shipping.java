package app.meshguard.endtoend;

import java.util.concurrent.atomic.AtomicReference;

/** Waits until what was recorded has reached the audit log. */
final class Shipping {
  private Shipping() {}

  /** Waits until the log has every answered decision, or ships nothing more, and compares. */
  static Ledger.Findings awaitComplete(Tenant tenant, Ledger ledger) {
    awaitQuiet(SharedStack.address(SharedStack.get().url(app.meshguard.local.Part.DECISION)));
    return ledger.against(tenant.auditLog());
  }

  /** Waits until a decision replica has nothing left to ship. */
  static void awaitQuiet(String replica) {
    AtomicReference<Double> lag = new AtomicReference<>(Double.NaN);
    Await.until(
        () -> "the shipper of " + replica + ", lag " + lag.get(),
        () -> {
          lag.set(Metrics.value(replica, "meshguard_shipper_lag_records"));
          return lag.get() == 0.0;
        });
  }
}
