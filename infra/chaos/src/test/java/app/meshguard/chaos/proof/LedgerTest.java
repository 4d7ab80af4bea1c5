package app.meshguard.chaos.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.client.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final List<JsonNode> log = new ArrayList<>();

  @BeforeEach
  void notesAnAnswerThatIsRecorded() {
    ledger.note("t1", "allow", "dec_1");
    ledger.notePassed("t1");
    log.add(entry("decision", "t1", "dec_1", "allow"));
    log.add(entry("outcome", "t1", "dec_1", ""));
  }

  @Test
  void isCleanWhenTheLogBearsOutEveryAnswer() {
    log.add(entry("decision", "t2", "dec_2", "deny"));
    assertTrue(ledger.against(log).clean(), "a record without an answer is no fault");
  }

  @Test
  void findsAnAnswerThatIsLost() {
    ledger.note("t2", "deny", "dec_2");
    assertEquals(1, ledger.against(log).lost());
  }

  @Test
  void findsADecisionThatIsRecordedTwice() {
    log.add(entry("decision", "t1", "dec_1", "allow"));
    assertEquals(1, ledger.against(log).twice());
  }

  @Test
  void findsAnAnswerThatTheRecordContradicts() {
    ledger.note("t2", "deny", "dec_2");
    log.add(entry("decision", "t2", "dec_2", "allow"));
    assertEquals(1, ledger.against(log).contradictory());
  }

  @Test
  void findsAnAnswerUnderAnotherId() {
    ledger.note("t2", "deny", "dec_2");
    log.add(entry("decision", "t2", "dec_3", "deny"));
    assertEquals(1, ledger.against(log).contradictory());
  }

  @Test
  void findsACallThatWasPassedOnWithoutARecordedAllow() {
    log.add(entry("decision", "t2", "dec_2", "deny"));
    ledger.notePassed("t2");
    assertEquals(1, ledger.against(log).passed());
  }

  @Test
  void findsASecondOutcome() {
    log.add(entry("outcome", "t1", "dec_1", ""));
    Findings findings = ledger.against(log);
    assertEquals(1, findings.outcomesTwice());
    assertFalse(findings.clean());
  }

  private JsonNode entry(String kind, String trace, String id, String decision) {
    return Http.JSON
        .createObjectNode()
        .put("index", log.size())
        .put("kind", kind)
        .put("traceId", trace)
        .put("decisionId", id)
        .put("decision", decision);
  }
}
