package app.meshguard.decision.hide;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON text anew without what is hidden. What stays keeps its order, and its numbers every
 * digit. INVARIANT: whatever is not understood to the last byte is not written at all.
 */
public final class JsonAnswer {
  private static final String REDACTED = "[redacted]";
  private static final String MASK = "****";
  private static final int SHOWN = 4;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(128)
                  .maxNumberLength(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final HiddenFields hidden;
  private final JsonParser in;
  private final JsonGenerator out;

  private JsonAnswer(HiddenFields hidden, JsonParser in, JsonGenerator out) {
    this.hidden = hidden;
    this.in = in;
    this.out = out;
  }

  /**
   * The text without what is hidden, in UTF-8.
   *
   * @return null when the text is not one JSON value
   */
  public static byte @Nullable [] without(HiddenFields hidden, byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length + 64);
    try (JsonParser in = JSON.createParser(text);
        JsonGenerator out = JSON.createGenerator(bytes)) {
      if (in.nextToken() == null) {
        return null;
      }
      new JsonAnswer(hidden, in, out).value(null, false, false);
      if (in.nextToken() != null) {
        return null;
      }
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** The value that the parser is at. */
  private void value(@Nullable Field field, boolean masked, boolean denied) throws IOException {
    switch (Objects.requireNonNull(in.currentToken())) {
      case START_OBJECT -> object(field, masked, denied);
      case START_ARRAY -> array(field, masked, denied);
      default -> {
        if (!denied && hidden.isReadable(field)) {
          leaf(masked);
        } else if (field == null && out.getOutputContext().inRoot()) {
          // A text that is nothing but a value that may not be read.
          out.writeNull();
        }
      }
    }
  }

  private void object(@Nullable Field parent, boolean masked, boolean denied) throws IOException {
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      Field field = new Field(parent, in.currentName());
      boolean leaf = !in.nextToken().isStructStart();
      boolean nowDenied = denied || hidden.denies(field);
      if (leaf && (nowDenied || !hidden.isReadable(field))) {
        continue;
      }
      out.writeFieldName(field.name());
      if (hidden.redacts(field)) {
        in.skipChildren();
        out.writeString(REDACTED);
      } else {
        value(field, masked || hidden.masks(field), nowDenied);
      }
    }
    out.writeEndObject();
  }

  private void array(@Nullable Field field, boolean masked, boolean denied) throws IOException {
    out.writeStartArray();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      value(field, masked, denied);
    }
    out.writeEndArray();
  }

  private void leaf(boolean masked) throws IOException {
    JsonToken token = Objects.requireNonNull(in.currentToken());
    if (masked && token != JsonToken.VALUE_NULL) {
      out.writeString(masked(token.isBoolean() ? "" : in.getText()));
      return;
    }
    switch (token) {
      // By its text: a number of our own making would lose digits.
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getText());
      default -> out.copyCurrentEvent(in);
    }
  }

  /** The last four characters, of a text that has twice as many. */
  private static String masked(String text) {
    int length = text.codePointCount(0, text.length());
    return length < 2 * SHOWN
        ? MASK
        : MASK + text.substring(text.offsetByCodePoints(text.length(), -SHOWN));
  }
}
