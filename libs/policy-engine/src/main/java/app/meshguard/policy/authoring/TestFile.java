package app.meshguard.policy.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.PolicyDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of policy tests.
 *
 * @param policies its own policies; none when it is about those of a tenant
 * @param tenant what it sets around the policies; null when nothing
 */
public record TestFile(
    String name,
    @Nullable String description,
    List<PolicyDocument> policies,
    @Nullable TenantRules tenant,
    List<PolicyTest> tests) {
  public TestFile {
    policies = List.copyOf(policies);
    tests = List.copyOf(tests);
  }

  /** Who calls. */
  public sealed interface Caller {}

  /** An agent that the file itself describes. */
  public record Described(Agent agent) implements Caller {}

  /** An agent of the tenant, by id or name. */
  public record Named(String name) implements Caller {}

  /**
   * One call and what is expected of it.
   *
   * @param line where it stands, one-based
   * @param expected what is checked, by name: {@code decision} always; of {@code code policy rule
   *     reason limits audit obligations} what the test states. Values are JSON values
   */
  public record PolicyTest(
      String name, int line, Caller caller, Call call, Map<String, Object> expected) {
    public PolicyTest {
      expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
    }
  }

  /**
   * Compiles the file's own policies.
   *
   * @param around what holds where the file sets nothing
   */
  public PolicySet compile(TenantRules around) {
    return PolicySet.compile(
        policies.stream()
            .map(document -> new PolicyRevision(document.name(), 1, document))
            .toList(),
        tenant == null ? around : tenant);
  }
}
