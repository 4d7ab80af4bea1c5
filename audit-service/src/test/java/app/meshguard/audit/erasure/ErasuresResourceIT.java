package app.meshguard.audit.erasure;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.LifecycleCalls;
import app.meshguard.audit.OpenedLog;
import app.meshguard.audit.OwnerView;
import app.meshguard.audit.ProvedEntry;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.projection.Projector;
import app.meshguard.audit.sign.SignNow;
import app.meshguard.audit.subject.Pseudonym;
import app.meshguard.audit.subject.Subject;
import app.meshguard.audit.subject.SubjectPath;
import app.meshguard.audit.subject.Subjects;
import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class ErasuresResourceIT {
  private final TenantId tenant = TenantServiceStandIn.tenant(TenantServiceStandIn.PLAIN);
  private final LifecycleCalls calls = new LifecycleCalls(tenant);
  private final String ann = "ann-" + Base62.random(10);
  @Inject Eraser eraser;
  @Inject PostgresErasures erasures;
  @Inject Subjects subjects;
  @Inject OpenedLog log;
  @Inject OwnerView owner;
  @Inject SignNow sign;
  @Inject Projector projector;

  @Test
  void destroysWhatIsAboutThePersonAndNothingElse() throws Exception {
    String about = about(ann);
    ship(about("bob"), about, about("bob"));
    finished(ask("{\"subject\":\"" + ann + "\"}"))
        .body("state", equalTo("finished"))
        .body("scanned", equalTo(3))
        .body("erased", equalTo(1))
        .body("notes", hasSize(0))
        .body("goneFromBackupsAt", notNullValue());
    List<LogEntry> entries = log.entries(tenant);
    sign.upTo(tenant, 4);
    for (LogEntry entry : entries) {
      ProvedEntry.verify(calls, entry.index(), entry.leaf());
    }
    assertNotNull(entries.get(0).record());
    assertNull(entries.get(1).record());
    assertFalse(entries.get(1).damaged());
    assertNotNull(entries.get(2).record());
    assertEquals(
        List.of("null null"),
        owner.entries(
            "SELECT coalesce(seed::text, 'null') || ' ' || coalesce(payload::text, 'null')"
                + " FROM log_entry WHERE tenant_id = '"
                + tenant
                + "' AND idx = 1",
            row -> row.getString(1)));
    // Who guesses the record right still cannot see it: the salt is gone with the seed.
    String leaf = new String(entries.get(1).leaf(), StandardCharsets.UTF_8);
    assertFalse(leaf.contains(ann));
    assertFalse(
        leaf.contains(
            Base64.getEncoder()
                .encodeToString(
                    MessageDigest.getInstance("SHA-256")
                        .digest(about.getBytes(StandardCharsets.UTF_8)))));
    String told = log.records(tenant).getLast();
    assertTrue(told.contains("\"type\":\"erasure.run\""), told);
    assertTrue(told.contains("\"indexes\":[\"1\"]"), told);
    assertFalse(told.contains(ann), told);
  }

  @Test
  void isSeenWhereverTheEntryIsShown() {
    String action = "read:api/users/" + ann;
    ship(
        SampleRecords.with(
            SampleRecords.with(about(ann), "action", action), "resource", "of " + ann));
    projector.catchUp();
    assertEquals(1, found("?q=" + ann));
    assertEquals(1, sums(action));
    finished(ask("{\"subject\":\"" + ann + "\"}")).body("erased", equalTo(1));
    projector.catchUp();
    assertEquals(0, found("?q=" + ann));
    assertEquals(0, sums(action));
    String id =
        calls
            .reader()
            .get("/admin/audit?kind=decision")
            .then()
            .statusCode(200)
            .body("entries", hasSize(1))
            .body("entries[0].erased", equalTo(true))
            .body("entries[0].decision", equalTo("deny"))
            .body("entries[0].resource", nullValue())
            .extract()
            .path("entries[0].id");
    calls.reader().get("/admin/audit/" + id).then().statusCode(200).body("record", nullValue());
    calls
        .reader()
        .get("/admin/audit/" + id + "/explanation")
        .then()
        .statusCode(409)
        .body("detail", containsString("The entry was erased"));
    calls
        .reader()
        .get("/admin/audit/" + id + "/opened")
        .then()
        .statusCode(200)
        .body("record", nullValue());
    assertEquals(
        List.of(),
        owner.entries(
            "SELECT idx FROM search WHERE tenant_id = '"
                + tenant
                + "' AND idx = 0 AND words IS NOT NULL",
            row -> row.getString(1)));
  }

  private int found(String query) {
    return calls
        .reader()
        .get("/admin/audit" + query)
        .then()
        .statusCode(200)
        .extract()
        .<List<Object>>path("entries")
        .size();
  }

  private int sums(String action) {
    return calls
        .reader()
        .get("/admin/audit/stats")
        .then()
        .statusCode(200)
        .extract()
        .<List<Object>>path("actions.findAll { it.action == '" + action + "' }")
        .size();
  }

  @Test
  void leavesWhatIsHeldAndSaysSo() {
    ship(about(ann));
    String hold =
        calls
            .owner()
            .contentType("application/json")
            .body("{\"reason\":\"r\",\"subject\":\"" + ann + "\"}")
            .post("/admin/holds")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    finished(ask("{\"subject\":\"" + ann + "\"}"))
        .body("state", equalTo("finished_with_remainder"))
        .body("erased", equalTo(0))
        .body("held", equalTo(1))
        .body("heldBy", hasItem(hold))
        .body("notes[0]", containsString("Ask again once that is lifted."));
    assertNotNull(log.entries(tenant).getFirst().record());
    calls.owner().delete("/admin/holds/" + hold + "?reason=over").then().statusCode(200);
    finished(ask("{\"subject\":\"" + ann + "\"}")).body("erased", equalTo(1));
  }

  @Test
  void takesPathsBesideThoseOfTheTenant() {
    ship(SampleRecords.with(SampleRecords.decision(tenant), "resource", ann));
    finished(ask("{\"subject\":\"" + ann + "\"}")).body("erased", equalTo(0));
    finished(ask("{\"subject\":\"" + ann + "\",\"paths\":[\"resource\"]}"))
        .body("erased", equalTo(1))
        .body("paths", equalTo(List.of("context.customer.id", "resource")));
  }

  @Test
  void leavesWhatComesLater() {
    ship(about(ann));
    finished(ask("{\"subject\":\"" + ann + "\"}")).body("erased", equalTo(1));
    ship(about(ann));
    assertTrue(log.records(tenant).stream().anyMatch(record -> record.contains(ann)));
  }

  @Test
  void goesOnAfterACrashAndHasDoneItOnce() {
    for (int i = 0; i < 3; i++) {
      ship(about(ann));
    }
    Subject subject =
        new Subject(
            Pseudonym.of(subjects.keys(tenant).getFirst(), ann),
            List.of(SubjectPath.parse("context.customer.id").orElseThrow()));
    Erasure asked = erasures.ask(tenant, "era_" + Base62.random(22), subject, "k", Instant.now());
    // The first page is done, and the process is gone before it looks again.
    eraser.page(tenant, asked, 1);
    Erasure again = erasures.ask(tenant, "era_" + Base62.random(22), subject, "k", Instant.now());
    assertEquals(asked.id(), again.id());
    assertEquals(1, again.erased());
    finished(again.id()).body("erased", equalTo(3));
    assertEquals(1, log.records(tenant).stream().filter(r -> r.contains(asked.id())).count());
  }

  @Test
  void isNotThereForAnotherTenant() {
    String id = ask("{\"subject\":\"" + ann + "\"}");
    LifecycleCalls other = new LifecycleCalls(SampleRecords.tenant());
    for (String one : new String[] {id, "era_0000000000000000000000"}) {
      other
          .reader()
          .get("/admin/erasures/" + one)
          .then()
          .statusCode(404)
          .body("detail", equalTo("There is no such erasure."));
    }
    other.reader().get("/admin/erasures").then().body("erasures", hasSize(0));
    calls.reader().get("/admin/erasures").then().body("erasures", hasSize(1));
  }

  @Test
  void refusesWhatItCannotRead() {
    refused("{}", 400, "subject is missing");
    refused("{\"subject\":7}", 400, "subject is not text");
    refused("{\"subject\":\"a\",\"path\":[]}", 400, "Did you mean paths?");
    refused("{\"subject\":\"a\",\"paths\":\"context.id\"}", 400, "is a list of at most");
    calls
        .reader()
        .contentType("application/json")
        .body("{\"subject\":\"a\"}")
        .post("/admin/erasures")
        .then()
        .statusCode(403);
  }

  private void refused(String body, int status, String why) {
    calls
        .owner()
        .contentType("application/json")
        .body(body)
        .post("/admin/erasures")
        .then()
        .statusCode(status)
        .body("detail", containsString(why));
  }

  private String ask(String body) {
    return calls
        .owner()
        .contentType("application/json")
        .body(body)
        .post("/admin/erasures")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private ValidatableResponse finished(String id) {
    while (true) {
      eraser.work(tenant);
      ValidatableResponse answer = calls.reader().get("/admin/erasures/" + id).then();
      if (!answer.statusCode(200).extract().path("state").equals("running")
          && erasures.unrecorded(tenant).isEmpty()) {
        return answer;
      }
    }
  }

  private String about(String customer) {
    return SampleRecords.decision(tenant)
        .replace(
            "\"card\":\"[redacted]\"",
            "\"card\":\"[redacted]\",\"customer\":{\"id\":\"" + customer + "\"}");
  }

  private void ship(String... records) {
    Shipper.registered().ship(List.of(records));
  }
}
