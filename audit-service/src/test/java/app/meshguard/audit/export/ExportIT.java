package app.meshguard.audit.export;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunningAuditService
class ExportIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TenantId tenant = SampleRecords.tenant();

  @Inject OwnerView owner;
  @Inject Exports exports;

  @Test
  void holdsEveryRecordByteForByteInOrder() throws IOException {
    List<String> records = ship(450);

    List<String> lines = export("");

    JsonNode scope = JSON.readTree(lines.getFirst()).get("export");
    assertEquals(tenant.value(), scope.get("tenantId").textValue());
    assertEquals(0, scope.get("firstIndex").intValue());
    assertTrue(scope.get("complete").booleanValue());
    int last = scope.get("lastIndex").intValue();
    assertEquals(last + 3, lines.size());
    for (int i = 0; i <= last; i++) {
      assertEquals(i, JSON.readTree(lines.get(i + 1)).get("index").intValue());
      assertTrue(lines.get(i + 1).endsWith(",\"record\":" + records.get(i) + "}"));
    }
    JsonNode end = JSON.readTree(lines.getLast()).get("end");
    assertEquals(last + 1, end.get("entries").intValue());
    assertEquals(last, end.get("resume").intValue());
  }

  @Test
  void carriesTheLeavesThatTheEntriesWereHashedAs() throws IOException {
    ship(3);

    List<String> lines = export("");

    List<String> stored =
        owner.entries(
            "SELECT encode(leaf, 'base64') FROM log_entry WHERE tenant_id = '"
                + tenant
                + "' ORDER BY idx",
            row -> row.getString(1).replace("\n", ""));
    for (int i = 1; i < lines.size() - 1; i++) {
      assertEquals(stored.get(i - 1), JSON.readTree(lines.get(i)).get("leaf").textValue());
    }
  }

  @Test
  void givesTheSignedRootAgain() throws Exception {
    ship(13);

    assertGivesTheRoot(export(""));
  }

  @Test
  void givesTheSignedRootAlsoWhereRetentionHasDeletedEntries() throws Exception {
    ship(13);
    owner.asSuperuser(
        "DELETE FROM log_entry WHERE idx IN (0, 1, 5, 12) AND tenant_id = '" + tenant + "'");

    List<String> lines = export("");

    assertEquals(15, lines.size());
    assertTrue(JSON.readTree(lines.get(1)).get("deleted").booleanValue());
    assertEquals(9, JSON.readTree(lines.getLast()).at("/end/entries").intValue());
    assertGivesTheRoot(lines);
    assertEquals(9, records("?decision=deny").size());
    assertFalse(get("?format=csv").then().statusCode(200).extract().asString().contains("deleted"));
  }

  private static void assertGivesTheRoot(List<String> lines) throws Exception {

    JsonNode log = JSON.readTree(lines.getFirst()).at("/export/logs/0");
    List<byte[]> hashes = new ArrayList<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      JsonNode entry = JSON.readTree(line);
      hashes.add(
          entry.has("leafHash")
              ? Base64.getDecoder().decode(entry.get("leafHash").textValue())
              : sha256(new byte[] {0}, Base64.getDecoder().decode(entry.get("leaf").textValue())));
    }
    assertEquals(log.get("size").intValue(), hashes.size());
    String root = Base64.getEncoder().encodeToString(root(hashes));
    assertEquals(log.get("root").textValue(), root);
    // The second and third line of the note that is signed.
    String[] note = log.get("checkpoint").textValue().split("\n");
    assertEquals(log.get("origin").textValue(), note[0]);
    assertEquals(hashes.size(), Integer.parseInt(note[1]));
    assertEquals(root, note[2]);
  }

  /** As docs/audit/export.md has it, and RFC 9162: not by the code that made the tree. */
  private static byte[] root(List<byte[]> hashes) throws Exception {
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    int half = Integer.highestOneBit(hashes.size() - 1);
    return sha256(
        new byte[] {1}, root(hashes.subList(0, half)), root(hashes.subList(half, hashes.size())));
  }

  private static byte[] sha256(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  @Test
  void goesOnWhereTheLastOneEnded() throws IOException {
    ship(5);
    List<String> whole = export("");

    List<String> rest = export("?resume=1");

    assertEquals(2, JSON.readTree(rest.getFirst()).get("export").get("firstIndex").intValue());
    assertEquals(whole.get(3), rest.get(1));
    List<String> none = export("?resume=1000000");
    assertEquals(2, none.size());
    assertEquals(1_000_000, JSON.readTree(none.getLast()).at("/end/resume").intValue());
  }

  @Test
  void picksWhatMatches() throws IOException {
    String denied = SampleRecords.decision(tenant);
    String allowed =
        SampleRecords.with(
            SampleRecords.with(SampleRecords.decision(tenant), "decision", "allow"),
            "action",
            "read:order");
    String old =
        SampleRecords.with(
            SampleRecords.decision(tenant), "decidedAt", "2025-01-01T00:00:00.000001Z");
    Shipper.registered().ship(List.of(denied, allowed, old));
    awaitSigned(2);

    assertEquals(List.of(allowed), records("?decision=allow"));
    assertEquals(List.of(allowed), records("?action=read:*"));
    assertEquals(List.of(old), records("?to=2025-01-01"));
    assertEquals(List.of(denied, allowed), records("?from=2025-01-02&kind=decision"));
    assertEquals(List.of(), records("?minLatencyUs=181"));
    JsonNode scope = JSON.readTree(export("?decision=allow").getFirst()).get("export");
    assertFalse(scope.get("complete").booleanValue());
    assertEquals("allow", scope.at("/filters/decision").textValue());
  }

  @Test
  void startsNoCellAsAFormula() {
    List<String> records = new ArrayList<>();
    for (String begin : new String[] {"=", "+", "-", "@", "\\\\t", "\\\\r"}) {
      records.add(
          SampleRecords.with(SampleRecords.decision(tenant), "action", begin + "HYPERLINK(1)"));
    }
    records.add(SampleRecords.with(SampleRecords.decision(tenant), "reason", "a, \\\\\"b\\\\\" c"));
    Shipper.registered().ship(records);
    awaitSigned(6);

    String csv = get("?format=csv").then().statusCode(200).extract().asString();

    assertTrue(csv.startsWith("# meshguard-export {\"format\":1,"));
    assertTrue(csv.contains("\r\nindex,id,recordedAt,decidedAt,kind,"));
    for (String begin : new String[] {"=", "+", "-", "@", "\t", "\r"}) {
      assertTrue(csv.contains(",\"'" + begin + "HYPERLINK(1)\","), begin);
    }
    assertTrue(csv.contains(",\"a, \"\"b\"\" c\","));
    assertTrue(csv.lines().toList().getLast().startsWith("# meshguard-export-end {"));
  }

  @Test
  void speaksOcsf() throws IOException {
    String record = SampleRecords.decision(tenant);
    Shipper.registered().ship(List.of(record));
    awaitSigned(0);

    JsonNode event = JSON.readTree(export("?format=ocsf").get(1));

    assertEquals(600303, event.get("type_uid").intValue());
    assertEquals(6003, event.get("class_uid").intValue());
    assertEquals(6, event.get("category_uid").intValue());
    assertEquals("1.3.0", event.at("/metadata/version").textValue());
    assertEquals(2, event.get("action_id").intValue());
    assertEquals("agent_0123456789abcdef", event.at("/actor/app_uid").textValue());
    assertEquals("support-bot", event.at("/src_endpoint/name").textValue());
    assertEquals("write:refund", event.at("/api/operation").textValue());
    assertEquals("t-1", event.at("/metadata/correlation_uid").textValue());
    assertEquals(record, event.get("raw_data").textValue());
  }

  @Test
  void saysWhatIsErased() throws Exception {
    ship(1);
    owner.asSuperuser(
        "UPDATE log_entry SET seed = NULL, payload = NULL WHERE tenant_id = '" + tenant + "'");

    JsonNode line = JSON.readTree(export("?decision=deny").get(1));

    assertTrue(line.get("record").isNull());
    assertTrue(line.get("erased").booleanValue());
    String leaf = new String(Base64.getDecoder().decode(line.get("leaf").textValue()));
    assertTrue(leaf.contains("\"decision\":\"deny\""));
    assertTrue(get("?format=csv").asString().contains(",deny,"));
    assertTrue(JSON.readTree(export("?format=ocsf").get(1)).at("/unmapped/erased").booleanValue());
  }

  @Test
  void endsWithoutItsLastLineWhereAnEntryIsMissing() {
    ship(3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportFilter none = new ExportFilter(java.util.Map.of(), null, null, null);
    ExportScope scope = exports.scope(tenant, none, -1);
    ExportScope longer =
        new ExportScope(1, tenant, scope.exportedAt(), 0, 1_000, true, scope.filters(), List.of());

    assertThrows(
        IllegalStateException.class, () -> exports.write(longer, none, ExportFormat.JSONL, out));
    assertFalse(out.toString(java.nio.charset.StandardCharsets.UTF_8).contains("\"end\""));
  }

  @Test
  void leavesATraceOfWhoTookIt() {
    ship(1);
    get("?format=csv&decision=deny").then().statusCode(200);

    assertTrue(
        owner.records(tenant).stream()
            .anyMatch(
                record ->
                    record.contains("\"type\":\"export\"")
                        && record.contains("\"by\":\"R")
                        && record.contains("\"filters\":{\"decision\":\"deny\"}")));
  }

  @Test
  void showsNothingOfAnotherTenant() throws IOException {
    ship(2);
    TenantId stranger = SampleRecords.tenant();

    List<String> lines =
        given()
            .header("X-Admin-Token", token(stranger))
            .get("/api/v1/admin/audit/export")
            .then()
            .statusCode(200)
            .extract()
            .asString()
            .lines()
            .toList();

    assertEquals(2, lines.size());
    assertEquals(-1, JSON.readTree(lines.getFirst()).at("/export/lastIndex").intValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=xml",
        "resume=-1",
        "resume=x",
        "kind=no",
        "q=word",
        "from=x",
        "tenantId=x"
      })
  void refusesWhatItDoesNotKnow(String query) {
    get("?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_request"))
        .body("detail", containsString(query.substring(0, query.indexOf('='))));
  }

  @Test
  void needsThePermission() {
    given().get("/admin/audit/export").then().statusCode(401);
    given()
        .header(
            "X-Admin-Token",
            TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.WITHOUT_PERMISSION))
        .get("/admin/audit/export")
        .then()
        .statusCode(403);
  }

  private List<String> ship(int count) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(SampleRecords.decision(tenant));
    }
    Shipper.registered().ship(records);
    awaitSigned(count - 1);
    return records;
  }

  /** An export holds what a checkpoint covers: the signer is waited for. */
  private void awaitSigned(int last) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (exports
            .scope(tenant, new ExportFilter(java.util.Map.of(), null, null, null), -1)
            .lastIndex()
        < last) {
      assertTrue(System.nanoTime() < end, "not signed");
      Thread.onSpinWait();
    }
  }

  private List<String> records(String query) throws IOException {
    List<String> records = new ArrayList<>();
    for (String line : export(query)) {
      int at = line.indexOf(",\"record\":");
      if (at >= 0 && !line.contains("\"kind\":\"system\"")) {
        records.add(line.substring(at + 10, line.length() - 1));
      }
    }
    return records;
  }

  private List<String> export(String query) {
    return get(query).then().statusCode(200).extract().asString().lines().toList();
  }

  private io.restassured.response.Response get(String query) {
    return given().header("X-Admin-Token", token(tenant)).get("/admin/audit/export" + query);
  }

  private static String token(TenantId whose) {
    return TenantServiceStandIn.token(whose, TenantServiceStandIn.Known.READER);
  }
}
