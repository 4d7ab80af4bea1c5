package app.meshguard.audit.proof;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.sign.SignNow;
import app.meshguard.audit.tree.TreeHasher;
import app.meshguard.wire.TenantId;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunningAuditService
class ProofResourceIT {
  @Inject SignNow sign;

  private final TenantId tenant = SampleRecords.tenant();
  private Shipper shipper;

  @BeforeEach
  void register() {
    shipper = Shipper.registered();
  }

  @Test
  void hasACheckpointOfAnEmptyLogFromTheFirstMoment() {
    String note = get("/admin/audit/checkpoint").statusCode(200).extract().asString();

    String[] lines = note.split("\n");
    assertEquals("0", lines[1]);
    assertEquals("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", lines[2]);
    assertEquals(note, get("/admin/audit/checkpoint").extract().asString());
    get("/admin/audit/keys")
        .statusCode(200)
        .body("logs", hasSize(1))
        .body("logs[0].origin", equalTo(lines[0]))
        .body("logs[0].state", equalTo("open"))
        .body("logs[0].vkey", containsString(lines[0] + "+"));
  }

  @Test
  void showsTheHeadThatCoversWhatWasShipped() {
    ship(3);

    get("/admin/audit/checkpoint?format=json")
        .statusCode(200)
        .header("X-MeshGuard-Log-State", "open")
        .body("size", equalTo(3))
        .body("state", equalTo("open"));
  }

  @Test
  void provesEveryEntryByIndexAndById() {
    ship(5);

    String id = entryId(4);
    String byIndex = get("/admin/audit/proof?index=4").statusCode(200).extract().asString();
    assertTrue(byIndex.startsWith("c2sp.org/tlog-proof@v1\nindex 4\n"), byIndex);
    assertEquals(byIndex, get("/admin/audit/proof?entry=" + id).extract().asString());
    get("/admin/audit/proof?format=json&index=4")
        .statusCode(200)
        .body("hashes", hasSize(1))
        .body("leafIndex", equalTo(4));
  }

  @Test
  void opensAnEntryToWhatItsLeafCommitsTo() {
    String record = SampleRecords.decision(tenant);
    shipper.ship(List.of(record));
    sign.upTo(tenant, 1);

    ValidatableResponse opened =
        get("/admin/audit/" + entryId(0) + "/opened").statusCode(200).body("index", equalTo(0));
    assertEquals(record, text(opened.extract().path("record")));
    byte[] salted =
        concatenate(
            Base64.getDecoder().decode(opened.extract().<String>path("salt")),
            record.getBytes(StandardCharsets.UTF_8));
    assertTrue(
        text(opened.extract().path("leaf"))
            .contains(
                "\"commitment\":\""
                    + Base64.getEncoder().encodeToString(EntryId.sha256(salted))
                    + "\""));
  }

  @Test
  void servesTilesAndBundlesAsTlogTilesDoes() {
    ship(300);

    byte[] full = bytes("/admin/audit/log/1/tile/0/000");
    byte[] rest = bytes("/admin/audit/log/1/tile/0/001.p/44");
    byte[] bundle = bytes("/admin/audit/log/1/tile/entries/001.p/44");
    assertEquals(8192, full.length);
    assertEquals(44 * 32, rest.length);
    assertEquals(32, bytes("/admin/audit/log/1/tile/1/000.p/1").length);
    assertArrayEquals(Arrays.copyOf(rest, 32), bytes("/admin/audit/log/1/tile/0/001.p/1"));
    int length = (bundle[0] & 255) << 8 | bundle[1] & 255;
    assertArrayEquals(
        Arrays.copyOf(rest, 32), new TreeHasher().leaf(Arrays.copyOfRange(bundle, 2, 2 + length)));
    for (String none :
        List.of("0/001", "0/001.p/45", "0/002", "9/000", "64/000", "entries/001", "x", "0/1")) {
      get("/admin/audit/log/1/tile/" + none).statusCode(404).body("code", equalTo("not_found"));
    }
    get("/admin/audit/log/2/tile/0/000").statusCode(404);
    get("/admin/audit/log/1/checkpoint").statusCode(200);
  }

  @Test
  void provesThatTheLogOnlyGrew() {
    ship(2);
    String old = get("/admin/audit/checkpoint?format=json").extract().path("root");
    shipper.ship(List.of(SampleRecords.decision(tenant)));
    sign.upTo(tenant, 3);

    get("/admin/audit/consistency?from=2")
        .statusCode(200)
        .body("from", equalTo(2))
        .body("to", equalTo(3))
        .body("fromRoot", equalTo(old))
        .body("hashes", hasSize(1));
  }

  @Test
  void saysWhatIsWrongWithAQuestion() {
    refused("/admin/audit/proof", "Give the id of an entry");
    refused("/admin/audit/proof?entry=a&index=1", "Give the id of an entry");
    refused("/admin/audit/proof?index=-1", "is a whole number from 0 on");
    refused("/admin/audit/proof?index=1&format=xml", "is one of tlog-proof, json");
    refused("/admin/audit/consistency", "from is missing");
    refused("/admin/audit/consistency?from=1", "the log's size, which is 0");
    refused("/admin/audit/checkpoint?forma=json", "Did you mean format?");
    refused("/admin/audit/keys?x=1", "is not a parameter here");
    refused("/admin/audit/log/1/tile/0/000?x=1", "is not a parameter here");
    get("/admin/audit/proof?index=7").statusCode(404);
    get("/admin/audit/proof?entry=ent_nothing").statusCode(404);
    get("/admin/audit/ent_nothing/opened").statusCode(404);
  }

  @Test
  void keepsTenantsApart() {
    ship(2);
    TenantId other = SampleRecords.tenant();
    String entry = entryId(1);

    as(other).get("/admin/audit/proof?entry=" + entry).then().statusCode(404);
    as(other).get("/admin/audit/" + entry + "/opened").then().statusCode(404);
    as(other).get("/admin/audit/proof?index=1").then().statusCode(404);
    as(other).get("/admin/audit/log/1/tile/0/000.p/2").then().statusCode(404);
    as(other).get("/admin/audit/checkpoint?format=json").then().body("size", equalTo(0));
    given().get("/admin/audit/checkpoint").then().statusCode(401);
    given()
        .header(
            "X-Admin-Token",
            TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.WITHOUT_PERMISSION))
        .get("/admin/audit/log/1/tile/0/000.p/2")
        .then()
        .statusCode(403);
  }

  private void ship(int count) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(SampleRecords.decision(tenant));
    }
    shipper.ship(records);
    sign.upTo(tenant, count);
  }

  private String entryId(int index) {
    byte[] bundle = bytes("/admin/audit/log/1/tile/entries/000.p/" + (index + 1));
    int at = 0;
    for (int i = 0; ; i++) {
      int length = (bundle[at] & 255) << 8 | bundle[at + 1] & 255;
      if (i == index) {
        return EntryId.of(index, Arrays.copyOfRange(bundle, at + 2, at + 2 + length)).toString();
      }
      at += 2 + length;
    }
  }

  private void refused(String path, String why) {
    get(path)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString(why));
  }

  private ValidatableResponse get(String path) {
    return as(tenant).get(path).then();
  }

  private byte[] bytes(String path) {
    return get(path).statusCode(200).extract().asByteArray();
  }

  private static RequestSpecification as(TenantId tenant) {
    return given()
        .header(
            "X-Admin-Token", TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static byte[] concatenate(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
