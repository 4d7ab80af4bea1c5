package app.meshguard.decision.hide;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of fields, at any depth: {@code ssn} is every field of that name, {@code customer.ssn}
 * every one right below a {@code customer}, lists between them not counted, and {@code *} is every
 * field.
 */
final class FieldNames {
  private final Set<String> names;
  private final List<List<String>> paths = new ArrayList<>();
  private final boolean all;

  FieldNames(List<String> entries) {
    this.names = new HashSet<>(entries);
    this.all = names.contains("*");
    for (String entry : entries) {
      if (entry.indexOf('.') >= 0) {
        paths.add(List.of(entry.split("\\.", -1)).reversed());
      }
    }
  }

  /** Whether the field is one of these. */
  boolean contain(Field field) {
    return all
        || names.contains(field.name())
        || paths.stream().anyMatch(path -> endsIn(field, path));
  }

  private static boolean endsIn(Field field, List<String> innermostFirst) {
    Field at = field;
    for (String name : innermostFirst) {
      if (at == null || !at.name().equals(name)) {
        return false;
      }
      at = at.parent();
    }
    return true;
  }
}
