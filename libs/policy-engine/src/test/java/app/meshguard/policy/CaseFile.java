package app.meshguard.policy;

import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One behaviour: policies, an agent, its calls and what is expected of each. */
record CaseFile(
    String name, List<String> policies, Agent agent, TenantRules tenant, List<Expected> calls) {
  /** When a call is made that says no time: a Friday. */
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** A call and what comes out; what is null is not checked. */
  record Expected(
      Call call,
      String expect,
      String code,
      String policy,
      String rule,
      String reason,
      List<Object> limits,
      Map<String, Object> audit,
      Map<String, Object> obligations) {}

  static List<CaseFile> readAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<CaseFile> cases = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        cases.add(read(file));
      }
      if (cases.isEmpty()) {
        throw new IllegalStateException("no case files in " + folder);
      }
      return cases;
    }
  }

  static CaseFile read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (RuntimeException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  static CaseFile parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    Node root = new Yaml(options).compose(new StringReader(yaml));
    Map<String, Object> map =
        known(value(root), "name", "description", "policies", "agent", "tenant", "calls");
    if (!(map.get("calls") instanceof List<?> calls) || calls.isEmpty()) {
      throw new IllegalArgumentException("a case needs calls");
    }
    List<String> policies =
        map.get("policies") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of(text(map, "policies"));
    return new CaseFile(
        text(map, "name"),
        policies,
        agent(map.get("agent")),
        tenant(map.get("tenant")),
        calls.stream().map(CaseFile::call).toList());
  }

  private static Agent agent(Object node) {
    Map<String, Object> map =
        known(
            node,
            "id",
            "name",
            "trustTier",
            "riskLevel",
            "tags",
            "roles",
            "owner",
            "department",
            "metadata",
            "suspended");
    return new Agent(
        text(map.getOrDefault("id", "agent_0123456789abcdef")),
        text(map.getOrDefault("name", "case-agent")),
        TrustTier.parse(text(map.getOrDefault("trustTier", "verified"))).orElseThrow(),
        map.containsKey("riskLevel") ? RiskLevel.parse(text(map, "riskLevel")).orElseThrow() : null,
        texts(map.get("tags")),
        texts(map.get("roles")),
        text(map, "owner"),
        text(map, "department"),
        map.containsKey("metadata") ? object(map.get("metadata")) : Map.of(),
        Boolean.TRUE.equals(map.get("suspended")));
  }

  private static TenantRules tenant(Object node) {
    if (node == null) {
      return TenantRules.DEFAULT;
    }
    Map<String, Object> map = known(node, "timezone", "ceilings", "mediumRiskPerMinute");
    Map<TrustTier, List<String>> ceilings = new LinkedHashMap<>(TenantRules.DEFAULT.ceilings());
    if (map.containsKey("ceilings")) {
      object(map.get("ceilings"))
          .forEach(
              (tier, patterns) ->
                  ceilings.put(TrustTier.parse(tier).orElseThrow(), List.copyOf(texts(patterns))));
    }
    return new TenantRules(
        map.containsKey("timezone")
            ? java.time.ZoneId.of(text(map, "timezone"))
            : TenantRules.DEFAULT.timezone(),
        ceilings,
        map.containsKey("mediumRiskPerMinute")
            ? Integer.parseInt(text(map, "mediumRiskPerMinute"))
            : TenantRules.DEFAULT.mediumRiskPerMinute());
  }

  @SuppressWarnings("unchecked")
  private static Expected call(Object node) {
    Map<String, Object> map =
        known(
            node,
            "action",
            "resource",
            "context",
            "delegation",
            "env",
            "at",
            "expect",
            "code",
            "policy",
            "rule",
            "reason",
            "limits",
            "audit",
            "obligations");
    Instant at = map.containsKey("at") ? Instant.parse(text(map, "at")) : NOON;
    return new Expected(
        new Call(
            text(map, "action"),
            map.get("resource"),
            map.containsKey("context") ? object(map.get("context")) : Map.of(),
            at,
            map.containsKey("delegation") ? object(map.get("delegation")) : Map.of(),
            Map.of(),
            map.containsKey("env") ? object(map.get("env")) : Map.of()),
        text(map, "expect"),
        text(map, "code"),
        text(map, "policy"),
        text(map, "rule"),
        text(map, "reason"),
        (List<Object>) map.get("limits"),
        map.containsKey("audit") ? object(map.get("audit")) : null,
        map.containsKey("obligations") ? object(map.get("obligations")) : null);
  }

  private static Map<String, Object> known(Object node, String... keys) {
    Map<String, Object> map = node == null ? Map.of() : object(node);
    for (String key : map.keySet()) {
      if (!Set.of(keys).contains(key)) {
        throw new IllegalArgumentException(
            "unknown field '" + key + "'; known: " + String.join(", ", keys));
      }
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("a map is needed, not " + value);
  }

  private static String text(Map<String, Object> map, String key) {
    return map.containsKey(key) ? text(map.get(key)) : null;
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  private static Set<String> texts(Object value) {
    Set<String> texts = new LinkedHashSet<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> texts.add(text(item)));
    }
    return texts;
  }

  /** The value of a node as JSON would have it. */
  static Object value(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        Map<String, Object> map = new LinkedHashMap<>();
        mapping
            .getValue()
            .forEach(
                entry -> {
                  String key = ((ScalarNode) entry.getKeyNode()).getValue();
                  if (map.put(key, value(entry.getValueNode())) != null) {
                    throw new IllegalArgumentException("the key '" + key + "' stands twice");
                  }
                });
        yield map;
      }
      case SequenceNode sequence -> {
        List<Object> list = new ArrayList<>();
        sequence.getValue().forEach(item -> list.add(value(item)));
        yield list;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("no value: " + node);
    };
  }

  private static Object scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return text;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      case "null" -> JsonNull.NULL;
      default ->
          text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?") ? new BigDecimal(text) : text;
    };
  }
}
