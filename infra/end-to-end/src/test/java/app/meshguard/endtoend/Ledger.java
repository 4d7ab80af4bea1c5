package app.meshguard.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What callers were answered, held against what the audit log says: a decision may be recorded
 * without an answer (the answer was lost on its way), but never answered without its one record.
 */
final class Ledger {
  private final ConcurrentMap<String, String> answered = new ConcurrentHashMap<>();

  /** Notes an answered decision; 503 and broken connections are not answers. */
  void note(Answer answer) {
    if (answer.status() == 200) {
      answered.put(answer.text("decisionId"), answer.text("decision"));
    }
  }

  int size() {
    return answered.size();
  }

  Findings against(List<JsonNode> log) {
    Map<String, Integer> times = new HashMap<>();
    int contradictory = 0;
    for (JsonNode entry : log) {
      if (!entry.path("kind").asText("decision").equals("decision")) {
        continue;
      }
      String id = entry.path("decisionId").asText();
      times.merge(id, 1, Integer::sum);
      String told = answered.get(id);
      if (told != null && !told.equals(entry.path("decision").asText())) {
        contradictory++;
      }
    }
    int lost = (int) answered.keySet().stream().filter(id -> !times.containsKey(id)).count();
    int twice = (int) times.values().stream().filter(n -> n > 1).count();
    return new Findings(answered.size(), lost, twice, contradictory);
  }

  /** How many answered decisions there were, and how many of them the log does not bear out. */
  record Findings(int answered, int lost, int twice, int contradictory) {
    boolean clean() {
      return lost == 0 && twice == 0 && contradictory == 0;
    }
  }
}
