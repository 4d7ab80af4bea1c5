package app.meshguard.decision.hide;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which answers can be rewritten, and what their headers must be then. */
public final class Rewritable {
  /** Of the request, what asks for an answer that could not be read whole. */
  private static final List<String> ASKS_OTHERWISE = List.of("Range", "If-Range", "TE");

  /** Of the answer, what tells of the bytes that are no longer the same. */
  private static final List<String> OF_THE_BYTES =
      List.of(
          "Content-Length",
          "Content-Encoding",
          "Content-MD5",
          "Content-Digest",
          "Repr-Digest",
          "Digest",
          "ETag",
          "Accept-Ranges",
          "Signature",
          "Signature-Input");

  private Rewritable() {}

  /** Asks the target for a whole answer that is not compressed. */
  public static void ask(MultiMap request) {
    ASKS_OTHERWISE.forEach(request::remove);
    request.set("Accept-Encoding", "identity");
  }

  /** Why the answer cannot be rewritten, as in the record of the outcome; null when it can be. */
  public static @Nullable String problem(MultiMap answer) {
    String encoding = answer.get("Content-Encoding");
    if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
      return "answer_encoded";
    }
    return isJson(answer.get("Content-Type")) ? null : "answer_not_json";
  }

  /** {@code application/json} or a type that ends in {@code +json}, in UTF-8. */
  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    String type = parts[0].strip();
    if (!type.equals("application/json") && !type.endsWith("+json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replace("\"", "").replace(" ", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }

  /** Takes out of the answer's headers what is no longer true of it. */
  public static void forget(MultiMap answer) {
    OF_THE_BYTES.forEach(answer::remove);
  }
}
