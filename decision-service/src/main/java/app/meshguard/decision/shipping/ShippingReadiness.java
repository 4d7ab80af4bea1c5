package app.meshguard.decision.shipping;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Red when the audit-service cannot take what this journal has, however long one waits. */
@Readiness
class ShippingReadiness implements HealthCheck {
  private final Shipper shipper;

  ShippingReadiness(Shipper shipper) {
    this.shipper = shipper;
  }

  @Override
  public HealthCheckResponse call() {
    String obstacle = null;
    if (shipper.isInConflict()) {
      obstacle = "the audit-service holds other evidence than this journal";
    } else if (shipper.missing() > 0) {
      obstacle =
          "the audit-service has lost "
              + shipper.missing()
              + " records that this journal no"
              + " longer holds: restore a newer backup of it";
    }
    return obstacle == null
        ? HealthCheckResponse.up("shipping")
        : HealthCheckResponse.named("shipping").down().withData("reason", obstacle).build();
  }
}
