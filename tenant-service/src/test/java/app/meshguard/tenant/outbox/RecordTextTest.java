package app.meshguard.tenant.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.wire.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes that leave here are the bytes that the audit-service takes and hashes. */
class RecordTextTest {
  private static final TenantId TENANT = new TenantId("org_0123456789abcdef");
  private static final Instant AT = Instant.parse("2026-11-20T10:15:30.123456789Z");

  private static OutboxRecord change(Object before, Object after) {
    return RecordText.change(
        TENANT,
        AT,
        Actor.adminToken("k3y"),
        new Change("agent.changed", new Change.Target("agent", "agent_1", "bot"), before, after));
  }

  @Test
  void writesCanonicalJson() {
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("z", new BigDecimal("1.50"));
    after.put("A", List.of(1, "a\u001fb\n\"ü"));
    after.put("\ud83d\ude00", true);
    after.put("\ufb01", 12345678901234567L);

    OutboxRecord record = change(null, after);

    assertEquals(
        "{\"agent\":{\"id\":\"agent_1\",\"name\":\"bot\"},\"change\":{\"after\":"
            + "{\"A\":[1,\"a\\u001fb\\n\\\"ü\"],\"z\":1.50,\"\ud83d\ude00\":true,"
            + "\"\ufb01\":12345678901234567},"
            + "\"by\":{\"id\":\"k3y\",\"kind\":\"admin_token\"},"
            + "\"target\":{\"id\":\"agent_1\",\"kind\":\"agent\",\"name\":\"bot\"},"
            + "\"type\":\"agent.changed\"},\"decidedAt\":\"2026-11-20T10:15:30.123456Z\","
            + "\"decisionId\":\""
            + record.id()
            + "\",\"format\":1,\"kind\":\"change\",\"service\":\"tenant-service\","
            + "\"tenantId\":\"org_0123456789abcdef\"}",
        record.text());
  }

  @Test
  void redactsWhatIsSecretAsDecisionsDo() {
    OutboxRecord record =
        change(Map.of("metadata", Map.of("api_key", "x1", "note", "card 4111111111111111")), null);

    assertTrue(record.text().contains("\"api_key\":\"[redacted]\",\"note\":\"card [redacted]\""));
  }

  @Test
  void namesWhatIsTooLongByItsDigest() {
    OutboxRecord record = change(Map.of("a", "x".repeat(100_000)), Map.of("a", "b"));

    assertTrue(record.text().length() < 1_000);
    assertTrue(record.text().contains("\"before\":{\"bytes\":100008,\"sha256\":\""));
    assertTrue(record.text().contains("\"after\":{\"a\":\"b\"}"));
  }

  @Test
  void halfACharacterIsNotInUtf8() {
    OutboxRecord record = change(null, Map.of("a", "x\ud800y"));

    assertFalse(record.text().contains("\ud800"));
    assertTrue(record.text().contains("\"x?y\""));
  }
}
