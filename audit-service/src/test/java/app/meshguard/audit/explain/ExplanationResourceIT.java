package app.meshguard.audit.explain;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import app.meshguard.audit.LifecycleCalls;
import app.meshguard.audit.OpenedLog;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class ExplanationResourceIT {
  private final TenantId tenant = SampleRecords.tenant();
  private final LifecycleCalls calls = new LifecycleCalls(tenant);
  @Inject OpenedLog log;

  @Test
  void answersThenAndNowAndWhy() {
    explain(ofTrace("t-1"))
        .statusCode(200)
        .body("same", equalTo(true))
        .body("differences", hasSize(0))
        .body("then.decision", equalTo("deny"))
        .body("then.policyRevision", equalTo(3))
        .body("replayed.rule", equalTo("deny-write:refund"))
        .body("explanation.outcome", equalTo("deny"));
  }

  @Test
  void saysWhatDiffers() {
    explain(ofTrace("t-differs"))
        .statusCode(200)
        .body("same", equalTo(false))
        .body("differences", hasSize(1))
        .body("differences[0].field", equalTo("decision"))
        .body("differences[0].then", equalTo("deny"))
        .body("differences[0].replayed", equalTo("allow"))
        .body("notes[0]", equalTo("a note"));
  }

  @Test
  void saysWhyItCannot() {
    explain(ofTrace("t-unknown"))
        .statusCode(409)
        .body("detail", containsString("Version 4 is not kept."));
    explain(ofTrace("t-gone"))
        .statusCode(409)
        .body("detail", containsString("Revision 3 is not kept."));
    explain(ofTrace("t-fails")).statusCode(503);
    Shipper.registered().ship(List.of(SampleRecords.outcome(tenant)));
    explain(last()).statusCode(409).body("detail", containsString("Explain its decision"));
  }

  @Test
  void isNotThereForAnotherTenant() {
    String id = ofTrace("t-1");
    new LifecycleCalls(SampleRecords.tenant())
        .reader()
        .get("/admin/audit/" + id + "/explanation")
        .then()
        .statusCode(404)
        .body("detail", equalTo("There is no such entry."));
    explain("ent_0").statusCode(404);
    calls.reader().get("/admin/audit/" + id + "/explanation?x=1").then().statusCode(400);
  }

  private String ofTrace(String trace) {
    Shipper.registered()
        .ship(List.of(SampleRecords.with(SampleRecords.decision(tenant), "traceId", trace)));
    return last();
  }

  private String last() {
    LogEntry last = log.entries(tenant).getLast();
    return EntryId.of(last.index(), last.leaf()).toString();
  }

  private ValidatableResponse explain(String id) {
    return calls.reader().get("/admin/audit/" + id + "/explanation").then();
  }
}
