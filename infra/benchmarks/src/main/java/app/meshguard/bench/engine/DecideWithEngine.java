package app.meshguard.bench.engine;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision of the engine. JMH makes subclasses of it, so it is public and open. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls compile() before anything else
public class DecideWithEngine {
  @Param({
    "seed:personal-assistant",
    "seed:small-business-support",
    "seed:enterprise-claims",
    "seed:customer-support-access",
    "seed:tiered-guardrails",
    "rules:10",
    "rules:100",
    "rules:1000",
    "rules:10000",
    "policies:1",
    "policies:100",
    "allow",
    "deny-by-default",
    "deep-condition"
  })
  public String scene;

  private AgentPolicies policies;
  private Call[] calls;
  private int next;

  @Setup
  public void compile() {
    EngineState state = Scenes.named(scene);
    policies = state.policies();
    calls = state.calls();
  }

  @Benchmark
  public Verdict decide() {
    next = next + 1 == calls.length ? 0 : next + 1;
    return policies.evaluate(calls[next]);
  }
}
