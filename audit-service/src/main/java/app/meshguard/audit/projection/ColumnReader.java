package app.meshguard.audit.projection;

import app.meshguard.audit.words.Words;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws the columns from a record of any kind, or from the leaf of one that was erased. What a
 * later version writes beside them does no harm: INVARIANT: no entry can stop the projection.
 */
public final class ColumnReader {
  private static final int ID_LENGTH = 128;
  private static final int TEXT_LENGTH = 512;
  private static final int SEARCHED_LENGTH = 8_192;
  private static final Set<String> SEARCHED_FIRST =
      Set.of("reason", "message", "action", "resource", "resource.id", "agent.name");
  private static final Set<String> SEARCHED =
      Set.of(
          "context",
          "resource",
          "event",
          "change",
          "login",
          "keyUse",
          "key_use",
          "system",
          "outcome",
          "lineage");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          // What was appended was bounded then.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final Map<String, String> values = new HashMap<>();
  private final Words words = new Words();
  private final List<String> searchedLater = new ArrayList<>();

  private ColumnReader() {}

  /**
   * Draws the columns.
   *
   * @param json the record, or the leaf where there is no record any more
   * @param appendedAt the time of what has none
   */
  public static EntryColumns read(byte[] json, Instant appendedAt) {
    ColumnReader reader = new ColumnReader();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        reader.object("", parser);
      }
    } catch (IOException e) {
      // What was read until then is what there is to find it by.
    }
    return reader.columns(appendedAt);
  }

  private void object(String path, JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
      value(name, parser.nextToken(), parser);
    }
  }

  private void value(String path, JsonToken token, JsonParser parser) throws IOException {
    switch (token) {
      case START_OBJECT -> {
        if (isWanted(path)) {
          object(path, parser);
        } else {
          parser.skipChildren();
        }
      }
      case START_ARRAY -> {
        if (isWanted(path)) {
          JsonToken element = parser.nextToken();
          while (element != JsonToken.END_ARRAY && element != null) {
            value(path + "[]", element, parser);
            element = parser.nextToken();
          }
        } else {
          parser.skipChildren();
        }
      }
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(path, parser.getText());
      default -> {}
    }
  }

  private static boolean isWanted(String path) {
    String top = top(path);
    return top.equals("agent") ? !path.contains("metadata") : SEARCHED.contains(top);
  }

  private static String top(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '.' || path.charAt(i) == '[') {
        return path.substring(0, i);
      }
    }
    return path;
  }

  private void scalar(String path, String text) {
    values.putIfAbsent(path, text);
    String searched = text.length() > SEARCHED_LENGTH ? text.substring(0, SEARCHED_LENGTH) : text;
    if (SEARCHED_FIRST.contains(path)) {
      words.add(searched);
    } else if (SEARCHED.contains(top(path)) && searchedLater.size() < 4 * Words.MOST) {
      searchedLater.add(searched);
    }
  }

  private EntryColumns columns(Instant appendedAt) {
    searchedLater.forEach(words::add);
    String kind = text(ID_LENGTH, "kind");
    return new EntryColumns(
        time(appendedAt),
        kind == null ? "unknown" : kind,
        text(ID_LENGTH, "decision"),
        text(ID_LENGTH, "decisionId"),
        text(ID_LENGTH, "parentId"),
        text(ID_LENGTH, "spanId"),
        values.get("approvalId"),
        text(ID_LENGTH, "agent.id", "agentId", "event.from.id", "event.from"),
        text(TEXT_LENGTH, "agent.name", "event.from.name"),
        text(ID_LENGTH, "agent.trustTier"),
        text(ID_LENGTH, "event.to.id", "event.to"),
        text(TEXT_LENGTH, "action"),
        text(TEXT_LENGTH, "resource", "resource.id"),
        text(TEXT_LENGTH, "policy"),
        text(TEXT_LENGTH, "rule"),
        text(TEXT_LENGTH, "code"),
        text(ID_LENGTH, "surface"),
        text(ID_LENGTH, "event.type", "change.type", "system.type", "login.type", "event"),
        text(ID_LENGTH, "traceId"),
        number("latencyUs"),
        words.all());
  }

  private Instant time(Instant otherwise) {
    String text = values.getOrDefault("decidedAt", values.get("at"));
    try {
      return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private @Nullable Long number(String path) {
    try {
      String text = values.get(path);
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The first of these that there is, as a column can hold it: PostgreSQL has no NUL. */
  private @Nullable String text(int longest, String... paths) {
    for (String path : paths) {
      String text = values.get(path);
      if (text != null) {
        String cut = text;
        if (text.length() > longest) {
          boolean inPair = Character.isHighSurrogate(text.charAt(longest - 1));
          cut = text.substring(0, inPair ? longest - 1 : longest);
        }
        return cut.replace('\0', '\uFFFD');
      }
    }
    return null;
  }
}
