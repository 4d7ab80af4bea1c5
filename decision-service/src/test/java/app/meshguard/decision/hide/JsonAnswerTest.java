package app.meshguard.decision.hide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.meshguard.policy.document.Obligations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {
  @Test
  void redactsWhateverStandsUnderTheNameAtAnyDepth() {
    assertEquals(
        "{\"ssn\":\"[redacted]\",\"a\":[{\"ssn\":\"[redacted]\",\"n\":1}],"
            + "\"b\":{\"ssn\":\"[redacted]\"},\"SSN\":\"kept\"}",
        redacted(
            List.of("ssn"),
            "{\"ssn\": \"1\", \"a\": [{\"ssn\": {\"deep\": [1, {}]}, \"n\": 1}],"
                + " \"b\": {\"ssn\": null}, \"SSN\": \"kept\"}"));
  }

  @Test
  void knowsAFieldByItsPath() {
    assertEquals(
        "{\"customer\":[{\"id\":\"[redacted]\"}],\"id\":7,\"x\":{\"customer\":{\"y\":{\"id\":8},"
            + "\"id\":\"[redacted]\"}},\"customer.id\":\"[redacted]\"}",
        redacted(
            List.of("customer.id"),
            "{\"customer\":[{\"id\":1}],\"id\":7,\"x\":{\"customer\":{\"y\":{\"id\":8},\"id\":9}},"
                + "\"customer.id\":3}"));
  }

  @Test
  void masksAllButTheLastFourOfWhatIsLongEnough() {
    assertEquals(
        "{\"card\":\"****1111\",\"n\":1}",
        masked(List.of("card"), "{\"card\":\"4111 1111 1111 1111\",\"n\":1}"));
    assertEquals(
        "{\"card\":[\"****5678\",{\"x\":\"****\",\"y\":null},\"****\",\"****\"]}",
        masked(List.of("card"), "{\"card\":[12345678,{\"x\":1234567,\"y\":null},true,\"\"]}"));
    assertEquals("{\"card\":\"****😀bcd\"}", masked(List.of("card"), "{\"card\":\"aaaa😀bcd\"}"));
  }

  @Test
  void redactsWhatIsToBeMaskedToo() {
    Obligations both = new Obligations(List.of("a"), List.of("a"), List.of(), null);

    assertEquals("{\"a\":\"[redacted]\"}", without(both, "{\"a\":\"12345678\"}"));
  }

  @Test
  void leavesOutEveryLeafThatMayNotBeReadAndKeepsWhatHoldsIt() {
    HiddenFields hidden =
        new HiddenFields(
            List.of("note"),
            List.of("iban"),
            List.of("name", "note", "iban", "tags", "street"),
            List.of("iban", "address"));

    assertEquals(
        "{\"name\":\"Ann\",\"note\":\"[redacted]\",\"tags\":[\"a\",{\"name\":2}],"
            + "\"address\":{\"more\":[]},\"codes\":[[],{}]}",
        without(
            hidden,
            "{\"name\":\"Ann\",\"ssn\":1,\"iban\":\"DE00\",\"note\":{\"x\":1},\"tags\":[\"a\",{\"name\":2,"
                + "\"z\":null}],\"address\":{\"street\":\"s\",\"more\":[\"m\"]},"
                + "\"codes\":[[1,\"x\"],{\"a\":true}]}"));
    assertEquals("[{\"name\":1}]", without(hidden, "[7,{\"name\":1},\"x\",null]"));
    assertEquals("null", without(hidden, "\"secret\""));
  }

  @Test
  void readsNothingWhereNothingIsAllowed() {
    HiddenFields hidden = new HiddenFields(List.of(), List.of(), List.of(), List.of());

    assertEquals(
        "{\"a\":{\"b\":[]}}", without(hidden, "{\"a\":{\"b\":[1,\"x\"],\"c\":2},\"d\":3}"));
  }

  @Test
  void keepsEveryDigitAndTheOrder() {
    String json =
        "{\"z\":1.10,\"a\":123456789012345678901234567890.12345678901234567890,\"e\":1E+400,"
            + "\"n\":-0,\"t\":\"\\u0000 é😀\",\"l\":[[],{},null,true,false]}";

    assertEquals(json, redacted(List.of("x"), json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1}{\"b\":2}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "[1,]",
        "<html>",
        "   ",
        "\"\\x\""
      })
  void writesNothingOfWhatIsNotJson(String text) {
    assertNull(JsonAnswer.without(hidden(List.of("ssn"), List.of()), bytes(text)));
  }

  @Test
  void writesNothingOfWhatIsTooDeepOrNotUtf8() {
    assertNull(JsonAnswer.without(hidden(List.of("x"), List.of()), bytes("[".repeat(100_000))));
    assertNull(
        JsonAnswer.without(
            hidden(List.of("x"), List.of()),
            "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String redacted(List<String> names, String json) {
    return without(new Obligations(names, List.of(), List.of(), null), json);
  }

  private static String masked(List<String> names, String json) {
    return without(new Obligations(List.of(), names, List.of(), null), json);
  }

  private static HiddenFields hidden(List<String> redact, List<String> mask) {
    return HiddenFields.of(new Obligations(redact, mask, List.of(), null));
  }

  private static String without(Obligations obligations, String json) {
    return without(Objects.requireNonNull(HiddenFields.of(obligations)), json);
  }

  private static String without(HiddenFields hidden, String json) {
    byte[] text = JsonAnswer.without(hidden, bytes(json));
    return text == null ? null : new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
