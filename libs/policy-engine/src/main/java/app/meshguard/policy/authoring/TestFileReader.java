package app.meshguard.policy.authoring;

import app.meshguard.policy.Call;
import app.meshguard.policy.authoring.TestFile.PolicyTest;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.YamlMap;
import app.meshguard.policy.value.JsonNull;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a file of policy tests. */
final class TestFileReader {
  private static final List<String> DECISIONS = List.of("allow", "deny", "pending_approval");
  private static final List<String> STATED = List.of("code", "policy", "rule", "reason");
  private static final List<String> KEYS =
      List.of("name", "description", "policies", "agents", "agent", "tenant", "tests", "calls");
  private static final List<String> TEST_KEYS =
      List.of(
          "name",
          "agent",
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

  private final Problems problems;
  private final String source;
  private final JsonNodes values;
  private final TestAgentReader agents;

  TestFileReader(Problems problems, String source) {
    this.problems = problems;
    this.source = source;
    this.values = new JsonNodes(problems);
    this.agents = new TestAgentReader(problems);
  }

  TestFile read(Node root) {
    YamlMap map = YamlMap.of(root, problems, "a test file", KEYS);
    agents.readFor(map);
    String name = map.text("name");
    Node policies = map.get("policies");
    List<PolicyDocument> documents =
        policies == null ? List.of() : new TestPoliciesReader(problems, source).read(policies);
    Node tenant = map.get("tenant");
    return new TestFile(
        Objects.requireNonNullElse(name, "policy tests"),
        map.text("description"),
        documents,
        tenant == null ? null : new TestTenantReader(problems).read(tenant),
        tests(map));
  }

  private List<PolicyTest> tests(YamlMap map) {
    List<PolicyTest> tests = new ArrayList<>();
    if (map.has("tests") && map.has("calls")) {
      problems.error(map.node(), "tests and calls are the same; keep one of the two");
    }
    Node node = map.has("tests") ? map.get("tests") : map.get("calls");
    if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
      for (Node item : list.getValue()) {
        tests.add(test(item, tests.size() + 1));
      }
    } else {
      problems.error(
          node == null ? map.node() : node,
          "the file has no tests; add tests: with entries such as {action: read:orders, expect:"
              + " allow}");
    }
    return tests;
  }

  private PolicyTest test(Node node, int number) {
    YamlMap map = YamlMap.of(node, problems, "a test", TEST_KEYS);
    String action = map.text("action");
    if (action == null && !map.has("action")) {
      problems.error(node, "the test has no action; add action: verb:resource");
    }
    String name = map.text("name");
    Node resource = map.get("resource");
    Call call =
        new Call(
            Objects.requireNonNullElse(action, "?"),
            resource == null ? null : values.value(resource),
            object(map, "context"),
            time(map),
            object(map, "delegation"),
            Map.of(),
            object(map, "env"));
    return new PolicyTest(
        name == null ? number + " " + call.action() : name,
        problems.lineOf(node),
        agents.read(map.get("agent")),
        call,
        expected(map));
  }

  private Map<String, Object> object(YamlMap map, String key) {
    Node node = map.get(key);
    return node == null ? Map.of() : values.object(node, key);
  }

  private Map<String, Object> expected(YamlMap map) {
    Map<String, Object> expected = new LinkedHashMap<>();
    if (!map.has("expect")) {
      problems.error(
          map.node(), "the test expects nothing; add expect: allow, deny or pending_approval");
    }
    String decision = map.oneOf("expect", DECISIONS);
    expected.put("decision", Objects.requireNonNullElse(decision, "?"));
    for (String key : STATED) {
      Node node = map.get(key);
      if (node instanceof ScalarNode scalar && values.value(scalar) == JsonNull.NULL) {
        expected.put(key, JsonNull.NULL);
      } else if (map.text(key) instanceof String text) {
        expected.put(key, text);
      }
    }
    if (map.get("limits") instanceof Node limits) {
      expected.put("limits", values.list(limits, "limits"));
    }
    for (String key : List.of("audit", "obligations")) {
      if (map.has(key)) {
        expected.put(key, object(map, key));
      }
    }
    return expected;
  }

  private Instant time(YamlMap map) {
    String written = map.text("at");
    Node node = map.get("at");
    if (written == null || node == null) {
      return PolicyTests.NOON;
    }
    Instant time = instant(written);
    if (time == null) {
      problems.error(node, "'" + written + "' is no time; write one like 2026-11-20T12:00:00Z");
    }
    return Objects.requireNonNullElse(time, PolicyTests.NOON);
  }

  private static @Nullable Instant instant(String written) {
    try {
      return OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
