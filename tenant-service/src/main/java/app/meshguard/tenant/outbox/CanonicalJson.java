package app.meshguard.tenant.outbox;

import app.meshguard.policy.value.JsonValues;
import app.meshguard.policy.value.Redaction;
import app.meshguard.tenant.platform.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON as records are: keys in the order of RFC 8785, its escapes, nothing between
 * tokens, and decimals with their exact digits, which it would round.
 */
final class CanonicalJson {
  private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};

  private static final ObjectMapper WRITER =
      Json.MAPPER.copy().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  static {
    WRITER.getFactory().setCharacterEscapes(new LowerCaseHex());
  }

  /** RFC 8785 writes control characters without a short form as {@code \}{@code u001f}. */
  private static final class LowerCaseHex extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (int c = 0; c < 0x20; c++) {
        if (codes[c] == ESCAPE_STANDARD) {
          codes[c] = ESCAPE_CUSTOM;
        }
      }
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      // Asked of what is not ASCII too, which stands for itself.
      return c < 0x20 ? new SerializedString("\\u%04x".formatted(c)) : null;
    }
  }

  private CanonicalJson() {}

  /**
   * Writes values; half a surrogate pair, which UTF-8 has no bytes for, becomes a question mark.
   */
  static String write(Map<String, ?> values) {
    try {
      byte[] utf8 = WRITER.writeValueAsString(values).getBytes(StandardCharsets.UTF_8);
      return new String(utf8, StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a record", e);
    }
  }

  /** What a view would be answered as, without what is absent and without secrets. */
  @SuppressWarnings("unchecked") // Redaction keeps the shape.
  static @Nullable Map<String, @Nullable Object> object(@Nullable Object view) {
    if (view == null) {
      return null;
    }
    Map<String, Object> json = Json.MAPPER.convertValue(view, OBJECT);
    return JsonValues.written((Map<String, Object>) Redaction.of(JsonValues.seen(json)));
  }
}
