package app.meshguard.policy;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Facts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that {@code audit_context} wants recorded, ready to be looked up. */
final class AuditNames {
  static final AuditNames NONE = new AuditNames(List.of());

  private final String[] names;
  private final Attribute[] inCall;
  private final @Nullable Attribute[] inAgent;

  AuditNames(List<String> names) {
    this.names = names.stream().distinct().toArray(String[]::new);
    this.inCall = new Attribute[this.names.length];
    this.inAgent = new Attribute[this.names.length];
    for (int i = 0; i < this.names.length; i++) {
      List<String> path = parts(this.names[i]);
      inCall[i] = attribute(path);
      if (inCall[i].root() == Attribute.Root.REQUEST && !path.getFirst().equals("request")) {
        inAgent[i] = attribute(prefixed("agent", path));
      }
    }
  }

  private static List<String> parts(String name) {
    List<String> parts = Arrays.stream(name.split("\\.")).filter(part -> !part.isEmpty()).toList();
    return parts.isEmpty() ? List.of(name) : parts;
  }

  /** A path that names nothing that can exist is looked for all the same, and is then missing. */
  private static Attribute attribute(List<String> path) {
    try {
      return Attribute.of(path);
    } catch (IllegalArgumentException e) {
      return Attribute.of(prefixed("request", path));
    }
  }

  private static List<String> prefixed(String root, List<String> path) {
    List<String> all = new java.util.ArrayList<>(path);
    all.addFirst(root);
    return all;
  }

  boolean isEmpty() {
    return names.length == 0;
  }

  Map<String, Object> values(Facts facts) {
    Object[] values = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = value(i, facts);
    }
    return new RecordedValues(names, values);
  }

  private Object value(int i, Facts facts) {
    Object value = inCall[i].value(facts);
    Attribute second = inAgent[i];
    if (value == null && second != null) {
      value = second.value(facts);
    }
    return value == null ? AuditDirective.MISSING : value;
  }
}
