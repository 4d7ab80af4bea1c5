package app.meshguard.audit.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.SampleRecords;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
  private static final String DECISION = SampleRecords.golden("decision-record-v1");

  @Test
  void drawsEachColumnFromTheGoldenDecision() throws Exception {
    EvidenceRecord record = read(DECISION);

    assertEquals(
        new EvidenceRecord(
            "org_0123456789abcdef",
            "decision",
            "2026-11-20T10:15:30.123456Z",
            OffsetDateTime.parse("2026-11-20T10:15:30.123456Z"),
            "deny",
            "dec_01JD0000000000000000000000",
            null,
            "agent_0123456789abcdef",
            "support-bot",
            "write:refund",
            "order-7",
            "small-biz-support-policy",
            3L,
            "deny-write:refund",
            "rule",
            "check",
            null,
            "t-1",
            null,
            null,
            180L),
        record);
  }

  @Test
  void drawsWhatThereIsFromTheGoldenOutcome() throws Exception {
    EvidenceRecord record = read(SampleRecords.golden("outcome-record-v1"));

    assertEquals("outcome", record.kind());
    assertEquals("support-bot", record.agentName());
    assertNull(record.decision());
    assertNull(record.latencyUs());
  }

  @Test
  void readsWhatStandsBesideDecisions() throws Exception {
    for (String kind : new String[] {"event", "change", "system"}) {
      String record = beside(kind, "\"" + kind + "\":{\"type\":\"a.type_1\"},");

      assertEquals("a.type_1", read(record).event());
      assertEquals("evt_1", read(record).decisionId());
      assertEquals("dec_1", read(record).parentId());
      assertRefused(kind + ".type is missing", beside(kind, ""));
      assertRefused(
          kind + ".type is not at most 64",
          beside(kind, "\"" + kind + "\":{\"type\":\"Ann Example\"},"));
    }
    for (String kind : new String[] {"login", "key_use"}) {
      assertNull(read(beside(kind, "")).event());
    }
  }

  private static String beside(String kind, String more) {
    String record =
        "{\"decidedAt\":\"2026-11-20T10:15:30Z\",\"decisionId\":\"evt_1\",\"format\":1,\"kind\":\""
            + kind
            + "\",\"parentId\":\"dec_1\",\"tenantId\":\"org_0123456789abcdef\"}";
    return switch (kind) {
      case "change" -> record.replace("{\"decidedAt", "{" + more + "\"decidedAt");
      case "system" -> record.replace("\"tenantId", more + "\"tenantId");
      default -> record.replace("\"format", more + "\"format");
    };
  }

  @Test
  void takesNoFieldOfTheContextForOneOfTheRecord() throws Exception {
    String record =
        DECISION.replace(
            "\"context\":{\"amount\":50.01,\"card\":\"[redacted]\"}",
            "\"context\":{\"action\":\"x\",\"agent\":{\"id\":\"x\",\"name\":\"x\"},\"tenantId\":\"x\"}");

    assertEquals(read(DECISION), read(record));
  }

  @Test
  void keepsAResourceOfAnyShapeOutOfItsColumn() throws Exception {
    String record = DECISION.replace("\"order-7\"", "{\"id\":7,\"items\":[{\"a\":1},{\"b\":2}]}");

    assertNull(read(record).resource());
  }

  @Test
  void cutsWhatAnIndexCannotHoldAndReplacesNul() throws Exception {
    String record =
        SampleRecords.with(
            SampleRecords.with(DECISION, "action", "😀".repeat(400)), "traceId", "a\\\\u0000b");

    EvidenceRecord read = read(record.replace("a\\\\u0000b", "a\\u0000b"));

    assertEquals("😀".repeat(256), read.action());
    assertEquals("a\uFFFDb", read.traceId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\":1        | \"format\":2          | format 2 is not known",
        "\"format\":1        | \"format\":\"1\"      | format is not a whole number",
        "\"kind\":\"decision\" | \"kind\":\"message\" | the kind is not known",
        "\"decision\":\"deny\" | \"decision\":\"maybe\" | decision is not allow",
        "\"decision\":\"deny\" | \"decision\":null    | decision is missing",
        "org_0123456789abcdef | org_01234-6789abcdef | tenantId is not a tenant id",
        "org_0123456789abcdef | org_0123             | tenantId is not a tenant id",
        "2026-11-20T10       | 2026-13-20T10         | decidedAt is not an RFC 3339 time",
        "2026-11-20T10       | +123456-11-20T10      | decidedAt is out of range",
        "\"code\":\"rule\"   | \"code\":\"rule\",\"code\":\"rule\" | out of order or twice",
        "\"id\":\"agent_     | \"id\":\"x\",\"id\":\"agent_ | out of order or twice",
        "\"action\"          | \"zction\"            | out of order or twice",
        "\"traceId\":\"t-1\"} | \"traceId\":\"t-1\"   | not JSON",
        "\"traceId\":\"t-1\"} | \"traceId\":\"t-1\"}{} | more than one JSON value",
      })
  void saysWhyARecordCannotBeRead(String from, String to, String why) {
    assertRefused(why, DECISION.replace(from, to));
  }

  private static void assertRefused(String why, String record) {
    UnreadableRecord refused = assertThrows(UnreadableRecord.class, () -> read(record));

    assertTrue(refused.getMessage().contains(why), refused::getMessage);
  }

  @Test
  void refusesWhatIsNoObject() {
    for (String text : new String[] {"", " ", "[]", "1", "null", "\"x\"", "{", "\u0000", "nul"}) {
      assertThrows(UnreadableRecord.class, () -> read(text), text);
    }
  }

  @Test
  void refusesDeepNestingAndReadsOn() throws Exception {
    RecordReader reader = new RecordReader();
    byte[] deep =
        DECISION
            .replace("50.01", "[".repeat(600) + "]".repeat(600))
            .getBytes(StandardCharsets.UTF_8);
    byte[] good = DECISION.getBytes(StandardCharsets.UTF_8);

    assertThrows(UnreadableRecord.class, () -> reader.read(deep, 0, deep.length));

    assertEquals("t-1", reader.read(good, 0, good.length).traceId());
  }

  private static EvidenceRecord read(String text) throws UnreadableRecord {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new RecordReader().read(bytes, 0, bytes.length);
  }
}
