package app.meshguard.decision.outcome;

import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.decision.json.RecordParts;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this replica decided lately, and the outcomes that it recorded: read from its journal when
 * somebody asks, so that a decision costs nothing for it. What was answered is in the journal.
 */
@Singleton
class RecentDecisions {
  /** Records to look back over, and decisions to remember. */
  private static final int WINDOW = 50_000;

  private static final int BATCH = 1000;
  private static final int BATCH_BYTES = 4 << 20;
  private static final Set<String> DECISION =
      Set.of(
          "action",
          "agent",
          "decision",
          "decisionId",
          "enforced",
          "kind",
          "parentId",
          "resource",
          "tenantId",
          "traceId");
  private static final Set<String> OUTCOME =
      Set.of("decidedAt", "decisionId", "kind", "outcome", "tenantId");

  private final Journal journal;
  private final Map<String, byte[]> decisions = new Bounded();
  private final Map<String, byte[]> outcomes = new Bounded();
  private @Nullable JournalReader reader;

  /** Forgets the eldest. */
  private static final class Bounded extends LinkedHashMap<String, byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
      return size() > WINDOW;
    }
  }

  RecentDecisions(Journal journal) {
    this.journal = journal;
  }

  /** The record of the decision, or null. */
  synchronized @Nullable Map<String, Object> decision(String id) throws IOException {
    catchUp();
    return read(decisions.get(id));
  }

  /** The record of its outcome, or null. */
  synchronized @Nullable Map<String, Object> outcome(String id) throws IOException {
    catchUp();
    return read(outcomes.get(id));
  }

  private static @Nullable Map<String, Object> read(byte @Nullable [] parts) {
    return parts == null ? null : RecordParts.read(parts);
  }

  private void catchUp() throws IOException {
    long oldest = Math.max(journal.firstHeld(), journal.forcedPosition() - WINDOW + 1);
    JournalReader open = reader;
    if (open == null || open.position() < oldest) {
      stop();
      open = journal.readerFrom(oldest);
      reader = open;
    }
    try {
      for (JournalReader.Batch batch = open.next(BATCH, BATCH_BYTES);
          batch != null;
          batch = open.next(BATCH, BATCH_BYTES)) {
        batch.records().forEach(this::remember);
      }
    } catch (IOException e) {
      // Where it stands is not known any more: the next one begins anew.
      stop();
      throw e;
    }
  }

  private void remember(byte[] record) {
    RecordParts parts = RecordParts.of(record);
    String id = parts.text("decisionId");
    switch (parts.text("kind")) {
      case "decision" -> decisions.put(id, parts.only(DECISION));
      case "outcome" -> outcomes.putIfAbsent(id, parts.only(OUTCOME));
      default -> {}
    }
  }

  @PreDestroy
  synchronized void stop() {
    JournalReader open = reader;
    if (open != null) {
      open.close();
      reader = null;
    }
  }
}
