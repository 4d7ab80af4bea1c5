package app.meshguard.audit.retention;

import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.tenants.TenantSettings;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Tells other features how long a tenant's entries are kept. */
@ApplicationScoped
public class Retained {
  private final TenantSettings settings;
  private final Clock clock;

  @Inject
  Retained(TenantSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A tenant's period.
   *
   * @param isOwn whether the tenant chose it
   * @param cutoff what was recorded before may be deleted
   */
  public record Period(int days, boolean isOwn, Instant cutoff) {}

  /**
   * How long it is.
   *
   * @throws Refused when that cannot be known now
   */
  public Period of(TenantId tenant) {
    return RetentionPeriod.of(settings.of(tenant))
        .map(
            period ->
                new Period(
                    period.days(), period.basis().equals("tenant"), period.cutoff(clock.instant())))
        .orElseThrow(
            () -> new Refused(ProblemCode.UNAVAILABLE, "The retention period is not known."));
  }
}
