package app.meshguard.audit.subject;

import app.meshguard.audit.platform.JsonBody;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where in a record a person may be named: names of members joined by dots, such as {@code
 * context.customer.id}. Lists on the way are walked through. A member whose own name has a dot in
 * it cannot be reached.
 */
public record SubjectPath(String text, List<String> members) {
  private static final Pattern FORM =
      Pattern.compile("[^.\\p{Cntrl}]{1,64}(\\.[^.\\p{Cntrl}]{1,64}){0,15}");

  public SubjectPath {
    members = List.copyOf(members);
  }

  /** Reads a path; empty when it has not the form of one. */
  public static Optional<SubjectPath> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new SubjectPath(text, List.of(text.split("\\."))))
        : Optional.empty();
  }

  /** Reads the paths that a request gives; what is none is a fault of it. */
  public static List<SubjectPath> read(JsonBody body, String name) {
    List<SubjectPath> paths = new ArrayList<>();
    for (String text : body.texts(name, 32, 512)) {
      parse(text)
          .ifPresentOrElse(
              paths::add,
              () -> body.fault(name, "has what is no path: write context.customer.id."));
    }
    return paths;
  }

  /** Hands over every text, number and truth value that stands at this path. */
  void values(JsonNode record, Consumer<String> values) {
    walk(record, 0, values);
  }

  private void walk(JsonNode at, int depth, Consumer<String> values) {
    if (at.isArray()) {
      at.forEach(element -> walk(element, depth, values));
    } else if (depth == members.size()) {
      if (at.isValueNode() && !at.isNull()) {
        values.accept(at.asText());
      }
    } else if (at.isObject()) {
      JsonNode next = at.get(members.get(depth));
      if (next != null) {
        walk(next, depth + 1, values);
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
