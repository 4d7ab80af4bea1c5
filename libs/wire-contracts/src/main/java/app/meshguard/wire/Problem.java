package app.meshguard.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an {@code application/problem+json} answer (RFC 9457).
 *
 * @param detail what is wrong, where, and what to do about it
 * @param errors each fault of the input, all at once; empty when there is one fault only
 * @param correlationId names the log line of an unknown failure; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    List<Fault> errors,
    @Nullable String correlationId) {

  /** The media type of a problem answer. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  /**
   * One fault of the input.
   *
   * @param path where in the body: a JSON path such as {@code agents[0].name}, or a document's name
   * @param line one-based line in a text document, or absent
   * @param column one-based column in a text document, or absent
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fault(
      @Nullable String path, @Nullable Integer line, @Nullable Integer column, String message) {}

  public static Problem of(ProblemCode code, String detail) {
    return of(code, detail, List.of());
  }

  public static Problem of(ProblemCode code, String detail, List<Fault> errors) {
    return new Problem(
        "about:blank", code.title(), code.status(), code.code(), detail, errors, null);
  }

  /** The answer to a failure that nobody foresaw: says nothing but how to find its log line. */
  public static Problem unknown(String correlationId) {
    return new Problem(
        "about:blank",
        ProblemCode.INTERNAL.title(),
        ProblemCode.INTERNAL.status(),
        ProblemCode.INTERNAL.code(),
        "Something failed on our side. Quote the correlation id when you report it.",
        List.of(),
        correlationId);
  }
}
