package app.meshguard.audit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OpenedLog;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class RetentionNightIT {
  @Inject RetentionNight night;
  @Inject OpenedLog log;

  @Test
  void runsOnceForEveryTenantOfWhichThePeriodIsKnown() {
    TenantId listed = new TenantId(TenantServiceStandIn.LISTED);
    Shipper.registered().ship(List.of(SampleRecords.decision(listed)));
    assertTrue(night.night(LocalDate.of(2000, 1, 1)));
    assertFalse(night.night(LocalDate.of(2000, 1, 1)));
    List<String> records = log.records(listed);
    assertEquals(2, records.size());
    assertTrue(records.getLast().contains("\"type\":\"retention.run\""));
    assertEquals(List.of(), log.records(new TenantId("org_gold000000000000")));
  }
}
