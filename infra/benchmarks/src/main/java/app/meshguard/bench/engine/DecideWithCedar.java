package app.meshguard.bench.engine;

import com.cedarpolicy.model.exception.AuthException;
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

/** One decision of Cedar over its Java binding, by the same rules. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls parse() before anything else
public class DecideWithCedar {
  /** The claims policy alone, and among so many more rules. */
  @Param({"0", "10", "1000", "10000"})
  public int rules;

  private CedarState cedar;
  private int next;

  @Setup
  public void parse() throws Exception {
    cedar = new CedarState(rules);
    for (int i = 0; i < cedar.size(); i++) {
      cedar.ask(i);
    }
  }

  @Benchmark
  public boolean decide() throws AuthException {
    next = next + 1 == cedar.size() ? 0 : next + 1;
    return cedar.ask(next);
  }
}
