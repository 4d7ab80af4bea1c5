package app.meshguard.bench.engine;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** What running decisions feel of a tenant of 10,000 rules that is compiled and swapped in. */
final class SwapUnderLoad {
  private static final Duration PHASE = Duration.ofSeconds(2);
  private static final int ROUNDS = 4;
  private static final long PAUSE_NANOS = 250_000_000L;

  private final List<String> texts;
  private final Call[] calls;
  private final Histogram steady = new Histogram(60_000_000_000L, 3);
  private final Histogram swapping = new Histogram(60_000_000_000L, 3);
  private final Histogram compiling = new Histogram(60_000_000_000L, 3);
  private volatile AgentPolicies inForce;
  private volatile boolean busy;

  SwapUnderLoad(int rules) {
    this.texts = Scenes.grownTexts(rules, 0);
    this.calls = Scenes.named("rules:" + rules).calls();
    this.inForce = compile();
  }

  private AgentPolicies compile() {
    List<PolicyRevision> revisions = EngineState.parse(texts);
    return PolicySet.compile(revisions, TenantRules.DEFAULT)
        .forAgent(EngineState.agent(Set.copyOf(ClaimsCall.TAGS)));
  }

  SwapUnderLoad run() throws InterruptedException {
    drive(new Histogram(60_000_000_000L, 3));
    for (int i = 0; i < ROUNDS; i++) {
      drive(steady);
      busy = true;
      Thread swapper = Thread.ofPlatform().name("swapper").start(this::swap);
      drive(swapping);
      busy = false;
      swapper.join();
    }
    return this;
  }

  /** Compiles and swaps until it is told to stop; the pauses are those of a tenant in a hurry. */
  private void swap() {
    while (busy) {
      long start = System.nanoTime();
      inForce = compile();
      compiling.recordValue(System.nanoTime() - start);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void drive(Histogram latency) {
    long end = System.nanoTime() + PHASE.toNanos();
    long start = System.nanoTime();
    for (int next = 0; start < end; next = next + 1 == calls.length ? 0 : next + 1) {
      if (inForce.evaluate(calls[next]).message().isEmpty()) {
        throw new IllegalStateException("A decision says nothing");
      }
      long now = System.nanoTime();
      latency.recordValue(now - start);
      start = System.nanoTime();
    }
  }

  double steadyMicros() {
    return steady.getValueAtPercentile(99) / 1_000.0;
  }

  double swappingMicros() {
    return swapping.getValueAtPercentile(99) / 1_000.0;
  }

  /** The median time to parse and compile all rules beside running decisions. */
  double compileMillis() {
    return compiling.getValueAtPercentile(50) / 1e6;
  }
}
