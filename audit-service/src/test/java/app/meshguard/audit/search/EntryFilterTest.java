package app.meshguard.audit.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryFilterTest {
  private static final TenantId TENANT = SampleRecords.tenant();

  @Test
  void asksForTheUsualPageOfEverythingWithoutParameters() {
    assertEquals(
        new EntrySearch(EntryFilter.NONE, 50, true, false, null),
        EntrySearch.read(Map.of(), TENANT));
  }

  @Test
  void takesADateWholeAndATimeAsItIs() {
    EntryFilter days = filter("from", "2026-11-20", "to", "2026-11-20");
    EntryFilter times = filter("from", "2026-11-20T01:00:00 01:00", "to", "2026-11-20T00:00:01Z");

    assertEquals(Instant.parse("2026-11-20T00:00:00Z"), days.from());
    assertEquals(Instant.parse("2026-11-21T00:00:00Z"), days.to());
    assertEquals(Instant.parse("2026-11-20T00:00:00Z"), times.from());
    assertEquals(Instant.parse("2026-11-20T00:00:01Z"), times.to());
  }

  @ParameterizedTest
  @CsvSource({
    "limit,0,limit is a whole number from 1 to 500.",
    "limit,501,limit is a whole number from 1 to 500.",
    "limit,ten,limit is a whole number from 1 to 500.",
    "decision,denied,'decision is one of allow, deny, pending_approval.'",
    "kind,x,'kind is one of decision, outcome, refusal, event, change, login, key_use, system.'",
    "from,yesterday,'from is a time such as 2026-11-20T10:15:30Z, or a date such as 2026-11-20.'",
    "to,2026-02-30,'to is a time such as 2026-11-20T10:15:30Z, or a date such as 2026-11-20.'",
    "from,+20000-01-01T00:00:00Z,'from is a time such as 2026-11-20T10:15:30Z, or a date such as 2026-11-20.'",
    "cursor,abc,'cursor is not a cursor of this question. Send the \"next\" or \"previous\" of a page, and the same filter and order.'",
    "q,!?,'q has no word in it. Give letters or digits.'",
    "order,up,'order is one of desc, asc.'",
    "minLatencyUs,-1,'minLatencyUs is a whole number from 0 to 2147483647.'",
    "agent_id,x,agent_id is not a parameter here. Did you mean agentId?",
    "decison,deny,decison is not a parameter here. Did you mean decision?",
    "trace,t,trace is not a parameter here. Did you mean traceId?",
    "action,'','action is empty. Leave it out, or give a value.'",
  })
  void saysWhatIsWrongWithAParameter(String name, String value, String message) {
    Refused refused = assertThrows(Refused.class, () -> read(name, value));

    assertEquals(message, refused.getMessage());
  }

  @Test
  void refusesControlCharactersThatADatabaseCannotHold() {
    Refused refused = assertThrows(Refused.class, () -> read("action", "a\0b"));

    assertEquals("action has a control character in it.", refused.getMessage());
  }

  @Test
  void namesAllFaultsAtOnce() {
    Refused refused =
        assertThrows(Refused.class, () -> read("limit", "0", "decision", "x", "nope", "1"));

    assertEquals("3 parameters are not right: see errors.", refused.getMessage());
  }

  @Test
  void refusesATwiceGivenParameterAndAPeriodThatEndsBeforeItStarts() {
    assertTrue(
        assertThrows(
                Refused.class, () -> EntrySearch.read(Map.of("limit", List.of("1", "2")), TENANT))
            .getMessage()
            .contains("2 times"));
    assertEquals(
        "from is not before to.",
        assertThrows(Refused.class, () -> read("from", "2026-11-21", "to", "2026-11-20"))
            .getMessage());
  }

  @Test
  void readsItsOwnCursorAndNoOtherTenantsOrFilters() {
    Cursor cursor = Cursor.at(Instant.parse("2026-11-20T10:15:30.123456Z"), 42);
    String text = cursor.text(TENANT, read().scope());
    String ofDenied = cursor.text(TENANT, read("decision", "deny").scope());

    assertEquals(cursor, read("cursor", text).cursor());
    assertEquals(cursor, read("cursor", ofDenied, "decision", "deny").cursor());
    assertThrows(Refused.class, () -> read("cursor", ofDenied));
    assertThrows(Refused.class, () -> read("cursor", text, "order", "asc"));
    assertEquals(Instant.parse("2026-11-20T10:15:30.123456Z"), cursor.decidedAt());
    assertEquals(Optional.empty(), Cursor.parse(text, SampleRecords.tenant(), read().scope()));
    assertEquals(Optional.empty(), Cursor.parse(text.substring(1), TENANT, read().scope()));
  }

  private static EntryFilter filter(String... parameters) {
    return read(parameters).filter();
  }

  private static EntrySearch read(String... parameters) {
    Map<String, List<String>> query = new java.util.HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], List.of(parameters[i + 1]));
    }
    return EntrySearch.read(query, TENANT);
  }
}
