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
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls compile() before anything else
public class DecideWithEngine {
  /** Rules in the tenant besides those of the claims policy. */
  @Param({"0", "10000"})
  public int moreRules;

  private AgentPolicies policies;
  private Call[] calls;
  private int next;

  @Setup
  public void compile() {
    policies = EngineState.claimsAgent(EngineState.compile(moreRules));
    EngineState.verify(policies);
    calls = EngineState.calls();
  }

  @Benchmark
  public Verdict decide() {
    next = next + 1 == calls.length ? 0 : next + 1;
    return policies.evaluate(calls[next]);
  }
}
