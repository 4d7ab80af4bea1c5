package app.meshguard.policy.document;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** What every shape of a document can say of itself. */
record DocumentHead(
    @Nullable String name, String version, @Nullable String description, boolean dryRun) {
  /** The keys that this reads. */
  static final List<String> KEYS = List.of("name", "version", "description", "enforcement");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

  static DocumentHead read(YamlMap map, Problems problems) {
    String version = map.text("version");
    return new DocumentHead(
        name(map, problems),
        Objects.requireNonNullElse(version, "1"),
        map.text("description"),
        "dry_run".equals(map.oneOf("enforcement", List.of("enforce", "dry_run"))));
  }

  private static @Nullable String name(YamlMap map, Problems problems) {
    String name = map.text("name");
    Node node = map.get("name");
    if (name == null || node == null || isName(name)) {
      return name;
    }
    problems.error(
        node,
        "'"
            + PolicyProblem.shown(name)
            + "' is no policy name; use lower-case letters, digits and '-', at most 100");
    return null;
  }

  /**
   * A document that stands alone: all that it has beside its head are rules that were made from it.
   *
   * @param itsName where it has none of its own as well
   */
  PolicyDocument alone(
      PolicyDocument.Kind kind,
      String itsName,
      AppliesTo appliesTo,
      List<Rule> rules,
      @Nullable Fields fields,
      String text) {
    return new PolicyDocument(
        itsName,
        kind,
        version,
        description,
        appliesTo,
        false,
        null,
        dryRun,
        Combining.NARROWEST,
        null,
        rules,
        null,
        null,
        List.of(),
        AuditLevel.STANDARD,
        List.of(),
        fields,
        text);
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
