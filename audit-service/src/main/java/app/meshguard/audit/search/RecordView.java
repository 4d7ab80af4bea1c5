package app.meshguard.audit.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a stored record, cut into the exact text of its members' values. */
final class RecordView {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          // What was appended was bounded then.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final Map<String, String> members = new HashMap<>();

  private RecordView() {}

  /** Cuts an object; anything but an object has no members. */
  static RecordView of(byte[] bytes) {
    RecordView view = new RecordView();
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          parser.nextToken();
          int start = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          parser.finishToken();
          int end = (int) parser.currentLocation().getByteOffset();
          view.members.put(key, new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a stored record cannot be read", e);
    }
    return view;
  }

  /** The object that is a member of this one. */
  RecordView object(String key) {
    return of(raw(key).text().getBytes(StandardCharsets.UTF_8));
  }

  RawJson raw(String key) {
    String text = members.get(key);
    return text == null ? RawJson.NULL : new RawJson(text);
  }

  /** The text of a member that is text, or null. */
  @Nullable String text(String key) {
    String raw = members.get(key);
    if (raw == null || !raw.startsWith("\"")) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(raw)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException("a stored record cannot be read", e);
    }
  }

  /** A member that is true or false, or null. */
  @Nullable Boolean flag(String key) {
    String raw = members.get(key);
    return "true".equals(raw) || "false".equals(raw) ? Boolean.valueOf(raw) : null;
  }

  /** A member that is a whole number, or null. */
  @Nullable Long number(String key) {
    String raw = members.get(key);
    try {
      return raw == null ? null : Long.valueOf(raw);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
