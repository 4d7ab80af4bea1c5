package app.meshguard.audit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.tenants.AuditSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionPeriodTest {
  @Test
  void isThatOfThePlanUnlessTheTenantHasItsOwn() {
    assertEquals(Optional.of(new RetentionPeriod(7, "plan")), of("free", null));
    assertEquals(Optional.of(new RetentionPeriod(90, "plan")), of("pro", null));
    assertEquals(Optional.of(new RetentionPeriod(365, "plan")), of("enterprise", null));
    assertEquals(Optional.of(new RetentionPeriod(2190, "tenant")), of("free", 2190));
  }

  @Test
  void isNoneWhenNobodyKnows() {
    assertEquals(Optional.empty(), of("gold", null));
    assertEquals(Optional.empty(), of("pro", 0));
    assertEquals(Optional.empty(), of("pro", -1));
    assertEquals(Optional.empty(), of("pro", 1_000_000));
  }

  @Test
  void endsAFullPeriodBeforeNow() {
    assertEquals(
        Instant.parse("2026-11-13T10:00:00Z"),
        new RetentionPeriod(7, "plan").cutoff(Instant.parse("2026-11-20T10:00:00.0000001Z")));
  }

  private static Optional<RetentionPeriod> of(String plan, Integer days) {
    return RetentionPeriod.of(new AuditSettings(null, plan, days, List.of()));
  }
}
