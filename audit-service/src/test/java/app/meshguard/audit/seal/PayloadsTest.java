package app.meshguard.audit.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.record.EvidenceRecord;
import app.meshguard.audit.record.RecordReader;
import app.meshguard.audit.record.UnreadableRecord;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadsTest {
  private static final String GOLDEN = SampleRecords.golden("decision-record-v1");

  private final TenantId tenant = new TenantId("org_0123456789abcdef");
  private final Payloads payloads = new Payloads(new Masters(TestKeys.deployment().logMasters()));

  @TempDir Path directory;

  @Test
  void opensWhatItSealed() throws Exception {
    Sealed sealed = seal(GOLDEN);

    assertArrayEquals(
        bytes(GOLDEN), payloads.open(tenant, sealed.seed(), sealed.payload(), sealed.leaf()));
  }

  @Test
  void putsIntoTheLeafWhatIsNobodysAndNothingElse() throws Exception {
    Sealed sealed = seal(GOLDEN);
    String leaf = new String(sealed.leaf(), StandardCharsets.UTF_8);

    String commitment =
        Base64.getEncoder()
            .encodeToString(sha256(payloads.salt(tenant, sealed.seed()), bytes(GOLDEN)));
    assertEquals(
        "{\"agentId\":\"agent_0123456789abcdef\",\"at\":\"2026-11-20T10:15:30.123456Z\","
            + "\"code\":\"rule\",\"commitment\":\""
            + commitment
            + "\",\"decision\":\"deny\",\"decisionId\":\"dec_01JD0000000000000000000000\","
            + "\"format\":1,\"kind\":\"decision\",\"policy\":\"small-biz-support-policy\","
            + "\"policyRevision\":3,\"rule\":\"deny-write:refund\"}",
        leaf);
    assertArrayEquals(sha256(new byte[1], sealed.leaf()), sealed.leafHash());
  }

  @Test
  void writesAnyNameAsCanonicalJson() throws Exception {
    String odd = "\u0001\u001f\b\t\n\f\r\"\\/\u007f\u00e9\u20ac😀";
    String record =
        GOLDEN.replace(
            "\"policy\":\"small-biz-support-policy\"",
            "\"policy\":" + new ObjectMapper().writeValueAsString(odd));

    String leaf = new String(seal(record).leaf(), StandardCharsets.UTF_8);

    JsonNode read = new ObjectMapper().readTree(leaf);
    assertEquals(odd, read.get("policy").textValue());
    assertTrue(
        leaf.contains("\"policy\":\"\\u0001\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f\u00e9\u20ac😀\""));
  }

  @Test
  void keepsALeafBelowWhatATileCanHold() throws Exception {
    String record = GOLDEN;
    for (String key : new String[] {"policy", "rule", "code"}) {
      record = SampleRecords.with(record, key, "\\\\u0001".repeat(9_000));
    }

    assertTrue(seal(record).leaf().length < 65_536);
  }

  @Test
  void sealsTheSameRecordDifferentlyEachTime() throws Exception {
    Sealed one = seal(GOLDEN);
    Sealed two = seal(GOLDEN);

    assertFalse(Arrays.equals(one.payload(), two.payload()));
    assertFalse(Arrays.equals(one.leaf(), two.leaf()));
  }

  @Test
  void noticesEveryChangedBit() throws Exception {
    Sealed sealed = seal(GOLDEN);
    Sealed other = seal(GOLDEN);
    TenantId stranger = new TenantId("org_fedcba9876543210");

    for (int bit = 0; bit < sealed.seed().length * 8; bit += 5) {
      byte[] seed = flipped(sealed.seed(), bit);
      refuses(tenant, seed, sealed.payload(), sealed.leaf());
    }
    for (int bit = 0; bit < sealed.payload().length * 8; bit += 97) {
      refuses(tenant, sealed.seed(), flipped(sealed.payload(), bit), sealed.leaf());
    }
    refuses(tenant, new byte[0], sealed.payload(), sealed.leaf());
    refuses(tenant, sealed.seed(), new byte[0], sealed.leaf());
    refuses(tenant, other.seed(), other.payload(), sealed.leaf());
    refuses(stranger, sealed.seed(), sealed.payload(), sealed.leaf());
  }

  @Test
  void knowsTheErasedFromTheOld() throws Exception {
    Sealed sealed = seal(GOLDEN);
    String old =
        GOLDEN.replace(
            "\"context\":{", "\"context\":{\"a\":\"\\\"commitment\\\":\",\"commitment\":\"x\",");

    assertNull(payloads.open(tenant, null, null, sealed.leaf()));
    assertArrayEquals(bytes(GOLDEN), payloads.open(tenant, null, null, bytes(GOLDEN)));
    assertArrayEquals(bytes(old), payloads.open(tenant, null, null, bytes(old)));
  }

  @Test
  void opensAfterARotationWhatTheOldMasterSealed() throws Exception {
    Files.copy(TestKeys.deployment().logMasters().resolve("1.key"), directory.resolve("1.key"));
    Payloads before = new Payloads(new Masters(directory));
    Sealed sealed = before.seal(read(GOLDEN), bytes(GOLDEN));
    Files.writeString(directory.resolve("2.key"), Base64.getEncoder().encodeToString(new byte[32]));
    Payloads after = new Payloads(new Masters(directory));

    assertArrayEquals(
        bytes(GOLDEN), after.open(tenant, sealed.seed(), sealed.payload(), sealed.leaf()));
    assertEquals(2, after.seal(read(GOLDEN), bytes(GOLDEN)).seed()[0]);
    assertArrayEquals(before.tenantKey(tenant, "words"), after.tenantKeys(tenant, "words").get(1));
    assertArrayEquals(after.tenantKey(tenant, "words"), after.tenantKeys(tenant, "words").get(0));
  }

  @Test
  void separatesTenantsAndPurposes() {
    TenantId other = new TenantId("org_fedcba9876543210");

    assertNotEquals(text(payloads.tenantKey(tenant, "a")), text(payloads.tenantKey(tenant, "b")));
    assertNotEquals(text(payloads.tenantKey(tenant, "a")), text(payloads.tenantKey(other, "a")));
  }

  private void refuses(TenantId whose, byte[] seed, byte[] payload, byte[] leaf) {
    assertThrows(DamagedPayload.class, () -> payloads.open(whose, seed, payload, leaf));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return copy;
  }

  private Sealed seal(String record) throws UnreadableRecord {
    return payloads.seal(read(record), bytes(record));
  }

  private static EvidenceRecord read(String record) throws UnreadableRecord {
    byte[] bytes = bytes(record);
    return new RecordReader().read(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] sha256(byte[] first, byte[] second) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(first);
    return digest.digest(second);
  }
}
