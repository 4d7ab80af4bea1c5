package app.meshguard.policy.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.YamlTree;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Tests of policies: a YAML file of calls and what is expected of each. */
public final class PolicyTests {
  /** When a call is made that says no time: a Friday, so that a test is the same every day. */
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private PolicyTests() {}

  /**
   * What a text holds: the tests, or all that is wrong with it.
   *
   * @param file null when there are errors
   */
  public record Parsed(@Nullable TestFile file, List<PolicyProblem> errors) {
    public Parsed {
      errors = List.copyOf(errors);
    }
  }

  /** Reads a test file. Never throws, whatever it is given. */
  public static Parsed parse(String yaml) {
    Problems problems = new Problems();
    Node root = new YamlTree(problems).read(yaml);
    if (root == null && problems.errors().isEmpty()) {
      problems.errorAt(1, 1, "the file is empty; write tests: with at least one test");
    }
    TestFile file = root == null ? null : new TestFileReader(problems, yaml).read(root);
    List<PolicyProblem> errors = problems.errors();
    return new Parsed(errors.isEmpty() ? file : null, errors);
  }

  /**
   * Makes each call of the file and compares what comes out. Nothing is counted: a call that a
   * limit could stop is told by the limits that it would take.
   *
   * @param policies what the calls are made against: the file's own (see {@link TestFile#compile})
   *     or those of a tenant
   * @param directory the agents that a test may name besides those of the file
   */
  public static TestReport run(TestFile file, PolicySet policies, Collection<Agent> directory) {
    TestRunner runner = new TestRunner(policies, directory);
    return new TestReport(file.name(), file.tests().stream().map(runner::run).toList());
  }
}
