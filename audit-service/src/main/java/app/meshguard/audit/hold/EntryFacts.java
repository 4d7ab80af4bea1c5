package app.meshguard.audit.hold;

import app.meshguard.audit.log.LogEntry;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a hold looks at in an entry.
 *
 * @param record missing when the entry is erased: then only its leaf can be asked
 * @param at when it happened; null when that cannot be read
 * @param agents every agent that the entry names
 */
public record EntryFacts(
    JsonNode record, @Nullable Instant at, Set<String> agents, @Nullable String traceId) {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                  // What was appended was bounded then.
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  public EntryFacts {
    agents = Set.copyOf(agents);
  }

  /** Reads an entry; what cannot be read is unknown, and an unknown entry is held. */
  public static EntryFacts of(LogEntry entry) {
    byte[] record = entry.record();
    if (record == null) {
      JsonNode leaf = read(entry.leaf());
      return new EntryFacts(
          MissingNode.getInstance(), time(leaf.path("at")), names(leaf.path("agentId")), null);
    }
    JsonNode json = read(record);
    Set<String> agents = names(json.path("agent").path("id"));
    agents.addAll(names(json.path("event").path("from")));
    agents.addAll(names(json.path("event").path("to")));
    if (json.path("change").path("target").path("kind").asText().equals("agent")) {
      agents.addAll(names(json.path("change").path("target").path("id")));
    }
    JsonNode trace = json.path("traceId");
    return new EntryFacts(
        json, time(json.path("decidedAt")), agents, trace.isTextual() ? trace.asText() : null);
  }

  /** Whether nothing but the leaf is left. */
  public boolean erased() {
    return record.isMissingNode();
  }

  private static JsonNode read(byte[] bytes) {
    try {
      JsonNode read = JSON.readTree(bytes);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static @Nullable Instant time(JsonNode text) {
    try {
      return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The agent that a member names: by its id as text, or as an object with one. */
  private static Set<String> names(JsonNode agent) {
    Set<String> names = new HashSet<>();
    for (JsonNode name : new JsonNode[] {agent, agent.path("id")}) {
      if (name.isTextual()) {
        names.add(name.asText());
      }
    }
    return names;
  }
}
