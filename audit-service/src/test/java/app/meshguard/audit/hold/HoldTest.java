package app.meshguard.audit.hold;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.subject.Pseudonym;
import app.meshguard.audit.subject.Subject;
import app.meshguard.audit.subject.SubjectPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final byte[] KEY = new byte[32];
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String RECORD =
      "{\"agent\":{\"id\":\"agent_1\"},\"context\":{\"id\":\"ann\"},"
          + "\"decidedAt\":\"2026-11-20T12:00:00Z\",\"traceId\":\"t-1\"}";

  @Test
  void coversEverythingOfAWholeTenant() {
    assertTrue(covers(scope(null, null, null, null, null), RECORD));
  }

  @Test
  void coversByAgentAlsoInMessagesAndChanges() {
    assertTrue(covers(scope("agent_1", null, null, null, null), RECORD));
    assertFalse(covers(scope("agent_2", null, null, null, null), RECORD));
    for (String record :
        List.of(
            "{\"event\":{\"from\":\"agent_2\"}}",
            "{\"event\":{\"to\":{\"id\":\"agent_2\"}}}",
            "{\"change\":{\"target\":{\"id\":\"agent_2\",\"kind\":\"agent\"}}}")) {
      assertTrue(covers(scope("agent_2", null, null, null, null), record), record);
    }
  }

  @Test
  void coversByTraceAndSubject() {
    assertTrue(covers(scope(null, "t-1", null, null, null), RECORD));
    assertFalse(covers(scope(null, "t-2", null, null, null), RECORD));
    assertTrue(covers(scope(null, null, null, null, "ann"), RECORD));
    assertFalse(covers(scope(null, null, null, null, "bob"), RECORD));
  }

  @Test
  void coversFromTheFirstMomentToBeforeTheLast() {
    assertTrue(covers(scope(null, null, NOON, NOON.plusNanos(1000), null), RECORD));
    assertFalse(covers(scope(null, null, null, NOON, null), RECORD));
    assertFalse(covers(scope(null, null, NOON.plusNanos(1000), null, null), RECORD));
  }

  @Test
  void coversOnlyWhatEveryCriterionCovers() {
    assertTrue(covers(scope("agent_1", "t-1", NOON, null, "ann"), RECORD));
    assertFalse(covers(scope("agent_1", "t-2", NOON, null, "ann"), RECORD));
  }

  @Test
  void coversWhatCannotBeKnown() {
    assertTrue(covers(scope(null, null, NOON, null, null), "{}"));
    assertTrue(covers(scope("agent_1", null, null, null, null), "not json"));
    LogEntry erased = entry("{\"agentId\":\"agent_1\",\"at\":\"2026-11-20T12:00:00Z\"}", null);
    assertTrue(covers(scope(null, "t-1", null, null, null), erased));
    assertTrue(covers(scope("agent_1", null, null, null, null), erased));
    assertFalse(covers(scope("agent_2", null, null, null, null), erased));
    assertFalse(covers(scope(null, "t-1", null, NOON, null), erased));
  }

  @Test
  void coversNothingOnceLifted() {
    Hold lifted =
        new Hold(
            "hld_1",
            scope(null, null, null, null, null),
            "r",
            "k",
            NOON,
            new Hold.Lifted("k", NOON, "over"));
    assertFalse(lifted.covers(EntryFacts.of(entry("{}", RECORD)), List.of(KEY)));
  }

  private static Hold.Scope scope(
      String agent, String trace, Instant from, Instant to, String subject) {
    return new Hold.Scope(
        agent,
        trace,
        from,
        to,
        subject == null
            ? null
            : new Subject(
                Pseudonym.of(KEY, subject),
                List.of(SubjectPath.parse("context.id").orElseThrow())));
  }

  private static boolean covers(Hold.Scope scope, String record) {
    return covers(scope, entry("{}", record));
  }

  private static boolean covers(Hold.Scope scope, LogEntry entry) {
    return new Hold("hld_1", scope, "r", "k", NOON, null)
        .covers(EntryFacts.of(entry), List.of(KEY));
  }

  private static LogEntry entry(String leaf, String record) {
    return new LogEntry(
        1,
        NOON,
        1,
        0,
        leaf.getBytes(StandardCharsets.UTF_8),
        record == null ? null : record.getBytes(StandardCharsets.UTF_8),
        false);
  }
}
