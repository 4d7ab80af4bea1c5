package app.meshguard.tenant.platform;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a body that is not JSON. */
public final class BodyText {
  private BodyText() {}

  /**
   * Reads UTF-8.
   *
   * @return what is wrong instead of the text, when it is not text
   */
  public static Read of(byte @Nullable [] body) {
    if (body == null) {
      return new Read("", null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.indexOf('\0') >= 0
          ? new Read("", "the text has a NUL character")
          : new Read(text, null);
    } catch (CharacterCodingException e) {
      return new Read("", "the text is not UTF-8");
    }
  }

  /** The text, or what is wrong with it. */
  public record Read(String text, @Nullable String fault) {}
}
