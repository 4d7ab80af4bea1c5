package app.meshguard.tenant.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One value of a free JSON object in a request, and where to say what is wrong with it. */
public record RequestValue(JsonNode value, Consumer<String> fault) {

  /** The value when it is text, else null. */
  public @Nullable String text() {
    return value.isTextual() ? value.textValue() : null;
  }

  /** The value as a list of texts, or null when it is not one. */
  public java.util.@Nullable List<String> texts() {
    if (!value.isArray()) {
      return null;
    }
    java.util.List<String> texts = new java.util.ArrayList<>();
    for (JsonNode entry : value) {
      if (!entry.isTextual()) {
        return null;
      }
      texts.add(entry.textValue());
    }
    return texts;
  }
}
