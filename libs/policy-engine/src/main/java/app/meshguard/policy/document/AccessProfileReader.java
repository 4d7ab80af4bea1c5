package app.meshguard.policy.document;

import app.meshguard.policy.condition.Conditions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads an access profile: tools become rules, of which the last denies every tool that is not
 * named; data become the fields that may be read.
 */
final class AccessProfileReader {
  static final List<String> KEYS =
      Stream.concat(DocumentHead.KEYS.stream(), Stream.of("agent", "role", "access")).toList();
  private static final String NOT_NAMED = "The tool is not in the access profile";
  private static final String NAMED = "The access profile denies this tool";

  private final Problems problems;

  AccessProfileReader(Problems problems) {
    this.problems = problems;
  }

  /** The profile; null when it has errors. */
  @Nullable PolicyDocument read(Node root, String text) {
    int before = problems.errorCount();
    YamlMap map = YamlMap.of(root, problems, "an access profile", KEYS);
    DocumentHead head = DocumentHead.read(map, problems);
    String agent = map.text("agent");
    String role = map.text("role");
    String name = head.name() == null ? storedName(map, agent, role) : head.name();
    List<Rule> rules = new ArrayList<>();
    Fields fields = null;
    Node access = map.get("access");
    if (map.lacks("access")) {
      problems.error(root, "the access profile has no access; add access: with tools or data");
    }
    if (access != null) {
      YamlMap kinds = YamlMap.of(access, problems, "access", List.of("tools", "data"));
      rules.addAll(tools(kinds.get("tools")));
      fields = data(kinds.get("data"));
      if (kinds.isEmpty() && problems.errorCount() == before) {
        problems.error(access, "access is empty; add tools or data, each with allow and deny");
      }
    }
    if (problems.errorCount() > before || name == null) {
      return null;
    }
    return head.alone(
        PolicyDocument.Kind.ACCESS_PROFILE, name, appliesTo(agent, role), rules, fields, text);
  }

  private static AppliesTo appliesTo(@Nullable String agent, @Nullable String role) {
    return new AppliesTo(
        agent == null ? null : Set.of(agent),
        role == null ? null : Set.of(role),
        null,
        null,
        null,
        null);
  }

  /** {@code <agent>-<role>}, with a '-' for what a name cannot have. */
  private @Nullable String storedName(YamlMap map, @Nullable String agent, @Nullable String role) {
    if (map.lacks("agent") && map.lacks("role")) {
      problems.error(
          map.node(), "an access profile is for an agent, a role or both; add agent: or role:");
      return null;
    }
    if (map.has("name") || agent == null && role == null) {
      return null;
    }
    String joined =
        Stream.of(agent, role)
            .filter(part -> part != null)
            .reduce((a, b) -> a + "-" + b)
            .orElse("");
    String name =
        joined.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (!DocumentHead.isName(name)) {
      problems.error(
          map.node(), "no name can be made of agent and role; add name: with letters and digits");
      return null;
    }
    return name;
  }

  private List<Rule> tools(@Nullable Node node) {
    List<Rule> rules = new ArrayList<>();
    if (node == null) {
      return rules;
    }
    YamlMap map = YamlMap.of(node, problems, "tools", List.of("allow", "deny"));
    Set<String> named = new HashSet<>();
    for (NamedAction tool : NamedAction.list(map, "deny", "tool:", problems)) {
      if (named.add(tool.name())) {
        rules.add(rule(RuleEffect.DENY, tool.name(), NAMED, tool.node()));
      }
    }
    for (NamedAction tool : NamedAction.list(map, "allow", "tool:", problems)) {
      if (named.add(tool.name())) {
        rules.add(rule(RuleEffect.ALLOW, tool.name(), null, tool.node()));
      } else {
        problems.warning(
            tool.node(),
            "the tool '" + tool.name() + "' stands here again; denying it goes before allowing it");
      }
    }
    if (!named.contains("*")) {
      rules.add(rule(RuleEffect.DENY, "*", NOT_NAMED, node));
    }
    RulesReader.checkCount(rules.size(), node, problems);
    return rules;
  }

  private Rule rule(RuleEffect effect, String tool, @Nullable String reason, Node node) {
    String pattern = "tool:" + tool;
    return new Rule(
        effect.text() + "-" + pattern,
        List.of(pattern),
        effect,
        Conditions.NONE,
        reason,
        AuditSettings.NONE,
        Obligations.NONE,
        problems.lineOf(node),
        null);
  }

  private @Nullable Fields data(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    YamlMap map = YamlMap.of(node, problems, "data", List.of("allow", "deny"));
    if (!map.has("allow")) {
      problems.warning(
          node, "data has no allow, so no field may be read; name those that may, under allow");
    }
    List<String> allowed = map.texts("allow");
    for (String field : allowed) {
      if (field.contains("*")) {
        problems.warning(
            node, "'" + field + "' is the name of no field; name each field that may be read");
      }
    }
    return new Fields(allowed, map.texts("deny"));
  }
}
