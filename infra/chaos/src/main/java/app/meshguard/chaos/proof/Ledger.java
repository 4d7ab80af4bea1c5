package app.meshguard.chaos.proof;

import app.meshguard.chaos.client.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What callers were answered, held against what the audit log says: a decision may be recorded
 * without an answer (the answer was lost on its way), but never answered, and no call passed on,
 * without its one record.
 */
public final class Ledger {
  private final ConcurrentMap<String, Told> answered = new ConcurrentHashMap<>();
  private final Set<String> passed = ConcurrentHashMap.newKeySet();

  /**
   * What a caller was told.
   *
   * @param decisionId null when the answer did not name it
   */
  record Told(String decision, @Nullable String decisionId) {}

  /** Notes an answered decision; 503 and broken connections are not answers. */
  public void note(Answer answer) {
    if (answer.status() == 200) {
      note(answer.text("traceId"), answer.text("decision"), answer.text("decisionId"));
    }
  }

  /** Notes an answered decision by the trace id of its call, which no other call has. */
  public void note(String trace, String decision, @Nullable String decisionId) {
    answered.put(trace, new Told(decision, decisionId));
  }

  /** Notes that a target was reached by the call with this trace id. */
  public void notePassed(String trace) {
    passed.add(trace);
  }

  public int size() {
    return answered.size();
  }

  /** Compares with the whole log of a tenant. */
  public Findings against(List<JsonNode> log) {
    Comparison comparison = compare();
    log.forEach(entry -> comparison.see("", entry));
    return comparison.findings();
  }

  /** Compares with logs that are shown entry by entry. */
  public Comparison compare() {
    return new Comparison(answered, passed);
  }
}
