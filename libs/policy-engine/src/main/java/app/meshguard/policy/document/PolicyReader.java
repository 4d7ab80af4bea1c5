package app.meshguard.policy.document;

import app.meshguard.policy.document.PolicyDocument.Base;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the keys of a policy. */
final class PolicyReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "version",
          "description",
          "appliesTo",
          "abstract",
          "extends",
          "enforcement",
          "combining",
          "timezone",
          "rules",
          "defaultEffect",
          "delegation",
          "rateLimits",
          "humanInTheLoop",
          "audit");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

  private final Problems problems;

  PolicyReader(Problems problems) {
    this.problems = problems;
  }

  /** The policy; null when it has errors. */
  @Nullable PolicyDocument read(Node root, String text) {
    int before = problems.errorCount();
    if (!(root instanceof MappingNode mapping)) {
      problems.error(root, "a policy is a map; start it with name: and rules:");
      return null;
    }
    if (isAnotherShape(mapping)) {
      return null;
    }
    YamlMap map = YamlMap.of(root, problems, "a policy", KEYS);
    String name = name(map);
    AuditSettings audit = new AuditReader(problems).read(map);
    List<Rule> rules = new RulesReader(problems).read(map);
    String version = map.text("version");
    String description = map.text("description");
    AppliesTo appliesTo = appliesTo(map.get("appliesTo"));
    String enforcement = map.oneOf("enforcement", List.of("enforce", "dry_run"));
    Combining combining = combining(map);
    ZoneId timezone = timezone(map);
    RuleEffect defaultEffect = defaultEffect(map);
    boolean isAbstract = map.truth("abstract");
    Base base = base(map);
    Delegation delegation = delegation(map.get("delegation"));
    List<CallRates> rateLimits = rateLimits(map.get("rateLimits"));
    if (problems.errorCount() > before || name == null) {
      return null;
    }
    return new PolicyDocument(
        name,
        PolicyDocument.Kind.POLICY,
        Objects.requireNonNullElse(version, "1"),
        description,
        appliesTo,
        isAbstract,
        base,
        "dry_run".equals(enforcement),
        combining,
        timezone,
        rules,
        defaultEffect,
        delegation,
        rateLimits,
        audit.level() == null ? AuditLevel.STANDARD : audit.level(),
        audit.notified(),
        null,
        text);
  }

  /** The shapes of the language that this version does not read are told apart from mistakes. */
  private boolean isAnotherShape(MappingNode root) {
    boolean found = false;
    for (var entry : root.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      String what =
          switch (key) {
            case "access" -> "access profiles";
            case "guardrails" -> "guardrails";
            default -> "";
          };
      if (!what.isEmpty()) {
        problems.error(
            entry.getKeyNode(),
            "this version of MeshGuard does not read " + what + "; write a policy with rules");
        found = true;
      }
    }
    return found;
  }

  private @Nullable String name(YamlMap map) {
    if (!map.has("name")) {
      problems.error(map.node(), "the policy has no name; add name: my-policy");
      return null;
    }
    String name = map.text("name");
    Node node = map.get("name");
    if (name != null && node != null && !NAME.matcher(name).matches()) {
      problems.error(
          node,
          "'" + name + "' is no policy name; use lower-case letters, digits and '-', at most 100");
      return null;
    }
    return name;
  }

  private static @Nullable RuleEffect defaultEffect(YamlMap map) {
    String written =
        map.oneOf("defaultEffect", List.of(RuleEffect.ALLOW.text(), RuleEffect.DENY.text()));
    if (written == null) {
      return null;
    }
    return written.equals(RuleEffect.ALLOW.text()) ? RuleEffect.ALLOW : RuleEffect.DENY;
  }

  private @Nullable Base base(YamlMap map) {
    String written = map.text("extends");
    Node node = map.get("extends");
    if (written == null || node == null) {
      return null;
    }
    if (!NAME.matcher(written).matches()) {
      problems.error(
          node, "'" + written + "' is no policy name; extends takes the name of one policy");
      return null;
    }
    return new Base(written, problems.lineOf(node), node.getStartMark().getColumn() + 1);
  }

  private Combining combining(YamlMap map) {
    List<String> words = Arrays.stream(Combining.values()).map(Combining::text).toList();
    String written = map.oneOf("combining", words);
    return written == null || !words.contains(written)
        ? Combining.NARROWEST
        : Combining.values()[words.indexOf(written)];
  }

  private @Nullable ZoneId timezone(YamlMap map) {
    String written = map.text("timezone");
    Node node = map.get("timezone");
    if (written == null || node == null) {
      return null;
    }
    try {
      if (ZoneId.getAvailableZoneIds().contains(written) || written.equals("Z")) {
        return ZoneId.of(written);
      }
    } catch (DateTimeException e) {
      // told below, as for a name that no zone has
    }
    problems.error(
        node, "'" + written + "' is no time zone; use an IANA name such as Europe/Berlin or UTC");
    return null;
  }

  private AppliesTo appliesTo(@Nullable Node node) {
    if (node == null) {
      return AppliesTo.EVERY_AGENT;
    }
    YamlMap map =
        YamlMap.of(
            node,
            problems,
            "appliesTo",
            List.of("agentIds", "roles", "trustTiers", "riskLevels", "tags", "allTags"));
    return new AppliesTo(
        texts(map, "agentIds"),
        texts(map, "roles"),
        each(map, "trustTiers", TrustTier::parse, tiers()),
        each(map, "riskLevels", RiskLevel::parse, levels()),
        texts(map, "tags"),
        texts(map, "allTags"));
  }

  private static String tiers() {
    return String.join(", ", Arrays.stream(TrustTier.values()).map(TrustTier::text).toList());
  }

  private static String levels() {
    return String.join(", ", Arrays.stream(RiskLevel.values()).map(RiskLevel::text).toList());
  }

  private static @Nullable Set<String> texts(YamlMap map, String key) {
    return map.has(key) ? Set.copyOf(new HashSet<>(map.texts(key))) : null;
  }

  private <T> @Nullable Set<T> each(
      YamlMap map, String key, Function<String, Optional<T>> parser, String known) {
    Node node = map.get(key);
    if (node == null) {
      return null;
    }
    Set<T> found = new HashSet<>();
    for (String text : map.texts(key)) {
      parser
          .apply(text)
          .ifPresentOrElse(
              found::add,
              () ->
                  problems.error(
                      node, "'" + text + "' is not one of the " + key + "; known: " + known));
    }
    return Set.copyOf(found);
  }

  private @Nullable Delegation delegation(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    YamlMap map =
        YamlMap.of(
            node, problems, "delegation", List.of("maxDepth", "permissionCeiling", "to", "notTo"));
    Long depth = map.wholeNumber("maxDepth", 0, 32);
    List<String> ceiling = RulesReader.patterns(map, "permissionCeiling", problems);
    return new Delegation(
        depth == null ? 1 : Math.toIntExact(depth), ceiling, map.texts("to"), map.texts("notTo"));
  }

  private List<CallRates> rateLimits(@Nullable Node node) {
    List<CallRates> rates = new ArrayList<>();
    if (node != null) {
      List<String> keys = List.of("requestsPerMinute", "requestsPerHour", "requestsPerDay");
      List<Duration> windows =
          List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
      YamlMap map = YamlMap.of(node, problems, "rateLimits", keys);
      for (int i = 0; i < keys.size(); i++) {
        Long limit = map.wholeNumber(keys.get(i), 1, 1_000_000_000L);
        if (limit != null) {
          rates.add(new CallRates(keys.get(i), limit, windows.get(i)));
        }
      }
    }
    return rates;
  }
}
