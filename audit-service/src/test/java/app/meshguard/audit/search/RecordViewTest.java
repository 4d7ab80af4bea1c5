package app.meshguard.audit.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.log.LogEntry;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordViewTest {
  @Test
  void givesEachMemberExactlyAsItIsWritten() {
    String text =
        "{\"a\":1.10,\"b\":-100000000000000000000000.000,\"c\":\"é\\n😀\",\"d\":{\"x\":[1,{\"y\":\"}\"}]},"
            + "\"e\":null,\"f\":true,\"g\":[],\"h\":0}";

    RecordView view = RecordView.of(text.getBytes(StandardCharsets.UTF_8));

    assertEquals("1.10", view.raw("a").text());
    assertEquals("-100000000000000000000000.000", view.raw("b").text());
    assertEquals("\"é\\n😀\"", view.raw("c").text());
    assertEquals("é\n😀", view.text("c"));
    assertEquals("{\"x\":[1,{\"y\":\"}\"}]}", view.raw("d").text());
    assertEquals("[1,{\"y\":\"}\"}]", view.object("d").raw("x").text());
    assertEquals("null", view.raw("e").text());
    assertEquals("true", view.raw("f").text());
    assertEquals("[]", view.raw("g").text());
    assertEquals("0", view.raw("h").text());
    assertEquals("null", view.raw("missing").text());
    assertNull(view.text("a"));
    assertNull(view.object("e").text("x"));
  }

  @Test
  void answersTheGoldenDecision() throws Exception {
    byte[] record = SampleRecords.golden("decision-record-v1").getBytes(StandardCharsets.UTF_8);
    Instant at = Instant.parse("2026-11-20T10:15:31Z");

    String json =
        new ObjectMapper()
            .writeValueAsString(AuditEntry.of(new LogEntry(7, at, 1, 0, record, record, false)));

    assertEquals(SampleRecords.resource("/golden-entry.json"), json);
  }

  @Test
  void answersAResourceThatIsAnObjectByItsId() {
    String record = "{\"kind\":\"decision\",\"resource\":{\"id\":\"c-1\",\"type\":\"contact\"}}";
    Instant at = Instant.parse("2026-11-20T10:15:31Z");

    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    AuditEntry entry = AuditEntry.of(new LogEntry(7, at, 1, 0, bytes, bytes, false));

    assertEquals("c-1", entry.resource());
    assertEquals("{\"id\":\"c-1\",\"type\":\"contact\"}", entry.resourceObject().text());
  }
}
