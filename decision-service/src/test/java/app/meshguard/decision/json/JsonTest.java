package app.meshguard.decision.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.policy.value.Redaction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void writesCanonically() {
    assertEquals(
        "{\"a\":[1,2.50,-3],\"b\":{\"\":null,\"z\":true},\"é\":\"\\u0001\\n\\\"\\\\/😀\"}",
        text(
            "{\"é\":\"\\u0001\\n\\\"\\\\\\/\\uD83D\\uDE00\",\"b\":{\"z\":true,\"\":null},"
                + " \"a\":[1,2.50,-3]}"));
    assertEquals("{\"n\":1000000}", text("{\"n\":1e6}"));
    assertEquals(
        "{\"n\":0.1000000000000000000000000000001}",
        text("{\"n\":0.1000000000000000000000000000001}"));
  }

  @Test
  void refusesWhatIsNotStrict() {
    for (String bad :
        List.of(
            "",
            "[]",
            "{\"a\":1,\"a\":2}",
            "{\"a\":{\"b\":1,\"b\":1}}",
            "{\"a\":1} x",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":1,}",
            "{\"a\":01}",
            "{\"a\":1e999999}",
            "{\"a\":1} {}",
            "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "{\"a\":1" + "0".repeat(200) + "}",
            "{\"a\"",
            "// c\n{}")) {
      assertThrows(
          InvalidJson.class, () -> JsonReading.object(bad.getBytes(StandardCharsets.UTF_8)), bad);
    }
  }

  @Test
  void takesOutSecrets() {
    assertEquals(
        "{\"a\":{\"apiKey\":\"[redacted]\",\"max_tokens\":5},\"card\":\"[redacted]\","
            + "\"note\":\"paid with [redacted] today\",\"user_password\":\"[redacted]\"}",
        redacted(
            "{\"user_password\":\"x\",\"a\":{\"apiKey\":[1],\"max_tokens\":5},"
                + "\"card\":4111111111111111,\"note\":\"paid with 4111-1111-1111-1111 today\"}"));
    assertEquals(
        "{\"t\":\"use [redacted] now\"}",
        redacted("{\"t\":\"use msk_0123456789abcdef_0123456789_x now\"}"));
    Map<String, Object> clean = read("{\"order\":\"1234567890123\",\"n\":1763633730123}");
    assertSame(clean, Redaction.of(clean));
  }

  private static Map<String, Object> read(String json) {
    return JsonReading.object(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String json) {
    return new String(new JsonText().value(read(json)).toBytes(), StandardCharsets.UTF_8);
  }

  private static String redacted(String json) {
    return new String(
        new JsonText().value(Redaction.of(read(json))).toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void readsTheNumbersThatItWroteInRecords() {
    Map<String, Object> said =
        JsonReading.object(
            ("{\"n\":" + "9".repeat(120) + "e400}").getBytes(StandardCharsets.UTF_8));
    byte[] written = new JsonText().value(said).toBytes();
    assertThrows(InvalidJson.class, () -> JsonReading.object(written));
    assertEquals(
        0,
        ((BigDecimal) JsonReading.record(written).get("n")).compareTo((BigDecimal) said.get("n")));
  }

  @Test
  void cutsFieldsOutOfARecord() {
    String record =
        "{\"agent\":{\"id\":\"a\",\"kind\":\"no\"},\"decisionId\":\"dec_1\",\"kind\":\"decision\","
            + "\"n\":12,\"none\":null,\"reason\":\"\u00fc \\\" \\u0001\",\"yes\":true}";
    RecordParts parts = RecordParts.of(record.getBytes(StandardCharsets.UTF_8));
    assertEquals("dec_1", parts.text("decisionId"));
    assertEquals("decision", parts.text("kind"));
    assertEquals("", parts.text("missing"));
    assertEquals(
        "{\"agent\":{\"id\":\"a\",\"kind\":\"no\"},\"n\":12,\"none\":null,\"reason\":\"\u00fc \\\" \\u0001\",\"yes\":true}",
        new String(
            parts.only(Set.of("agent", "n", "none", "reason", "yes")), StandardCharsets.UTF_8));
  }
}
