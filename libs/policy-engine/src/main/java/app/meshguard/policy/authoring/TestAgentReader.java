package app.meshguard.policy.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.authoring.TestFile.Caller;
import app.meshguard.policy.authoring.TestFile.Described;
import app.meshguard.policy.authoring.TestFile.Named;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.Scalars;
import app.meshguard.policy.document.YamlMap;
import app.meshguard.policy.value.NearestName;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the agents of a test file: described in place, named in the file, or the tenant's. */
final class TestAgentReader {
  private static final List<String> KEYS =
      List.of(
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
  private static final Agent PLAIN =
      new Agent(
          "agent_0123456789abcdef",
          "case-agent",
          TrustTier.VERIFIED,
          null,
          Set.of(),
          Set.of(),
          null,
          null,
          Map.of(),
          false);

  private final Problems problems;
  private final JsonNodes values;
  private final Map<String, Agent> named = new HashMap<>();
  private Caller usual = new Described(PLAIN);

  TestAgentReader(Problems problems) {
    this.problems = problems;
    this.values = new JsonNodes(problems);
  }

  /** Takes the agents that the file names, and the one that calls where a test says nothing. */
  void readFor(YamlMap file) {
    Node agents = file.get("agents");
    if (agents instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        named.put(name, described(entry.getValueNode(), called(name)));
      }
    } else if (agents != null) {
      problems.error(agents, "agents must be a map, like {refund-bot: {tags: [support]}}");
    }
    usual = read(file.get("agent"));
  }

  private static Agent called(String name) {
    return new Agent(
        PLAIN.id(), name, PLAIN.trustTier(), null, Set.of(), Set.of(), null, null, Map.of(), false);
  }

  /** Who a test's {@code agent} is; what it does not say is as in the file's own. */
  Caller read(@Nullable Node node) {
    if (node == null) {
      return usual;
    }
    if (node instanceof ScalarNode scalar) {
      Agent agent = named.get(scalar.getValue());
      return agent == null ? new Named(scalar.getValue()) : new Described(agent);
    }
    return new Described(described(node, usual instanceof Described file ? file.agent() : PLAIN));
  }

  private Agent described(Node node, Agent like) {
    YamlMap map = YamlMap.of(node, problems, "an agent", KEYS);
    String id = map.text("id");
    String name = map.text("name");
    TrustTier tier = rank(map, "trustTier", TrustTier::parse, names(TrustTier.values()));
    RiskLevel risk = rank(map, "riskLevel", RiskLevel::parse, names(RiskLevel.values()));
    Node metadata = map.get("metadata");
    return new Agent(
        id == null ? like.id() : id,
        name == null ? like.name() : name,
        tier == null ? like.trustTier() : tier,
        map.has("riskLevel") ? risk : like.riskLevel(),
        set(map, "tags", like.tags()),
        set(map, "roles", like.roles()),
        map.has("owner") ? map.text("owner") : like.owner(),
        map.has("department") ? map.text("department") : like.department(),
        metadata == null ? like.metadata() : values.object(metadata, "metadata"),
        map.has("suspended") ? isTrue(map, "suspended") : like.suspended());
  }

  private static List<String> names(Enum<?>[] ranks) {
    return Arrays.stream(ranks)
        .map(rank -> rank.name().toLowerCase(java.util.Locale.ROOT))
        .toList();
  }

  private <T> @Nullable T rank(
      YamlMap map, String key, Function<String, Optional<T>> parser, List<String> known) {
    String written = map.text(key);
    Node node = map.get(key);
    if (written == null || node == null) {
      return null;
    }
    T rank = parser.apply(written).orElse(null);
    if (rank == null) {
      problems.error(node, "'" + written + "' is no " + key + NearestName.hint(written, known));
    }
    return rank;
  }

  /** An empty list is a choice here: none of what the file's agent has. */
  private static Set<String> set(YamlMap map, String key, Set<String> usual) {
    Node node = map.get(key);
    if (node == null) {
      return usual;
    }
    return YamlMap.items(node).isEmpty() ? Set.of() : new LinkedHashSet<>(map.texts(key));
  }

  private boolean isTrue(YamlMap map, String key) {
    Node node = map.get(key);
    if (node instanceof ScalarNode scalar && Scalars.valueOf(scalar) instanceof Boolean value) {
      return value;
    }
    if (node != null) {
      problems.error(node, "'" + key + "' must be true or false");
    }
    return false;
  }
}
