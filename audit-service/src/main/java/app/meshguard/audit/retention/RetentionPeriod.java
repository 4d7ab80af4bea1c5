package app.meshguard.audit.retention;

import app.meshguard.audit.tenants.AuditSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * How long a tenant's entries are kept after they were recorded.
 *
 * @param days at least 1
 * @param basis {@code tenant} for its own choice, {@code plan} for that of its plan
 */
record RetentionPeriod(int days, String basis) {
  static final int LONGEST = 36_500;
  static final Map<String, Integer> DAYS_OF_PLANS = Map.of("free", 7, "pro", 90, "enterprise", 365);

  /** The period that settings say; empty when they say none, and then nothing may be deleted. */
  static Optional<RetentionPeriod> of(AuditSettings settings) {
    Integer own = settings.retentionDays();
    if (own != null) {
      return own >= 1 && own <= LONGEST
          ? Optional.of(new RetentionPeriod(own, "tenant"))
          : Optional.empty();
    }
    Integer planned = DAYS_OF_PLANS.get(settings.plan());
    return Optional.ofNullable(planned).map(days -> new RetentionPeriod(days, "plan"));
  }

  /** The moment before which nothing has to be kept any longer. */
  Instant cutoff(Instant now) {
    return now.truncatedTo(ChronoUnit.MICROS).minus(days, ChronoUnit.DAYS);
  }
}
