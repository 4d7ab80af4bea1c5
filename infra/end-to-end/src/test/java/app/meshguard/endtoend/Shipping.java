package app.meshguard.endtoend;

import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Metrics;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.Chains;
import app.meshguard.chaos.proof.Findings;
import app.meshguard.chaos.proof.Ledger;
import app.meshguard.local.Part;

/** Waits until what was recorded has reached the audit log. */
final class Shipping {
  private Shipping() {}

  /** Waits until the log has every answered decision, or ships nothing more, and compares. */
  static Findings awaitComplete(Tenant tenant, Ledger ledger) {
    awaitQuiet(SharedStack.address(SharedStack.get().url(Part.DECISION)));
    return awaitSearchable(tenant, ledger);
  }

  /** Waits until all of the tenant's log can be searched, and compares. */
  static Findings awaitSearchable(Tenant tenant, Ledger ledger) {
    long entries = new Chains(SharedStack.get().databases()).of(tenant.id()).entries();
    Await.until(() -> entries + " entries to be found", () -> tenant.auditLog().size() >= entries);
    return ledger.against(tenant.auditLog());
  }

  /** Waits until a decision replica has nothing left to ship. */
  static void awaitQuiet(String replica) {
    Await.until(
        () -> "the shipper of " + replica + ", lag " + lag(replica), () -> lag(replica) == 0.0);
  }

  /** How many records a decision replica has yet to ship; NaN while it does not say. */
  static double lag(String replica) {
    return Metrics.value(replica, "meshguard_shipper_lag_records");
  }
}
