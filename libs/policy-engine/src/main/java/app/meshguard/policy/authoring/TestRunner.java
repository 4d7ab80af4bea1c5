package app.meshguard.policy.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.authoring.TestFile.Caller;
import app.meshguard.policy.authoring.TestFile.Described;
import app.meshguard.policy.authoring.TestFile.Named;
import app.meshguard.policy.authoring.TestFile.PolicyTest;
import app.meshguard.policy.value.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs tests against one set of policies. */
final class TestRunner {
  private final PolicySet policies;
  private final Map<String, Agent> directory = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  TestRunner(PolicySet policies, Collection<Agent> directory) {
    this.policies = policies;
    for (Agent agent : directory) {
      this.directory.put(agent.id(), agent);
      this.directory.putIfAbsent(agent.name(), agent);
      names.add(agent.name());
    }
  }

  TestResult run(PolicyTest test) {
    Agent agent = agent(test.caller());
    return agent == null ? withoutAgent(test) : run(test, policies.forAgent(agent));
  }

  private @Nullable Agent agent(Caller caller) {
    return switch (caller) {
      case Described described -> described.agent();
      case Named named -> directory.get(named.name());
    };
  }

  private TestResult withoutAgent(PolicyTest test) {
    String name = test.caller() instanceof Named named ? named.name() : "";
    String hint =
        names.isEmpty()
            ? "; describe it under agents:, like {" + name + ": {tags: [support]}}"
            : NearestName.hint(name, names);
    String said = "there is no agent '" + name + "'" + hint;
    return new TestResult(
        test.name(), test.line(), test.expected(), Map.of(), List.of(said), null, List.of());
  }

  private static TestResult run(PolicyTest test, AgentPolicies applying) {
    Verdict verdict = applying.evaluate(test.call());
    Map<String, Object> got = Outcome.of(verdict, test.expected());
    List<String> differences = new ArrayList<>();
    test.expected()
        .forEach(
            (name, expected) -> {
              Object value = got.get(name);
              if (!expected.equals(value)) {
                differences.add(name + ": expected " + expected + " but got " + value);
              }
            });
    if (differences.isEmpty()) {
      return new TestResult(
          test.name(), test.line(), test.expected(), got, List.of(), null, List.of());
    }
    FailureNotes notes = new FailureNotes(applying.explain(test.call()));
    return new TestResult(
        test.name(),
        test.line(),
        test.expected(),
        got,
        differences,
        notes.why(),
        notes.notes(test.expected()));
  }
}
