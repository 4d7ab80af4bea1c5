package app.meshguard.chaos;

import app.meshguard.chaos.proof.Findings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has found.
 *
 * @param injected the names of the faults, in order
 * @param entries of the tenants' logs
 * @param checkpoints how many different ones were shown
 * @param wrong what is wrong besides the findings
 * @param history where all that happened is written down
 */
public record ChaosResult(
    ChaosOptions options,
    List<String> injected,
    Duration took,
    Traffic traffic,
    Findings findings,
    long entries,
    int checkpoints,
    List<String> wrong,
    Path history) {

  /**
   * What was sent.
   *
   * @param calls of agents
   * @param refused of them, answered without a decision
   * @param broken of them, without an answer
   * @param writes of administrators that were answered as done
   */
  public record Traffic(long calls, int refused, int broken, int writes) {}

  public boolean passed() {
    return findings.clean() && wrong.isEmpty() && findings.answered() > 0;
  }

  void print(PrintStream out) {
    out.printf("%nchaos, seed %d: %d faults", options.seed(), injected.size());
    Planted planted = options.planted();
    if (planted != null) {
      out.printf(", with the planted bug %s", planted.label());
    }
    out.printf("%n%n");
    Map<String, Integer> times = new TreeMap<>();
    injected.forEach(name -> times.merge(name, 1, Integer::sum));
    times.forEach((name, count) -> out.printf("  %4d  %s%n", count, name));
    out.printf("%n");
    row(out, "calls of agents", traffic.calls());
    row(out, "answered with a decision", findings.answered());
    row(out, "answered without one (503 and the like)", traffic.refused());
    row(out, "broken off", traffic.broken());
    row(out, "administrators' writes answered as done", traffic.writes());
    row(out, "entries in the logs", entries);
    row(out, "decisions in the logs", findings.recorded());
    row(out, "different checkpoints shown", checkpoints);
    out.printf("%n");
    row(out, "answered decisions that are lost", findings.lost());
    row(out, "decisions recorded twice", findings.twice());
    row(out, "answers that the record contradicts", findings.contradictory());
    row(out, "calls passed on without a recorded allow", findings.passed());
    row(out, "decisions with more than one outcome", findings.outcomesTwice());
    row(out, "other things that are wrong", wrong.size());
    wrong.forEach(what -> out.printf("    %s%n", what));
    findings.examples().forEach(what -> out.printf("    %s%n", what));
    out.printf(
        "%n%s in %d:%02d min, seed %d%n",
        passed() ? "PASSED" : "FAILED", took.toMinutes(), took.toSecondsPart(), options.seed());
    if (!passed()) {
      out.printf("  all that happened: %s%n", history);
    }
    out.flush();
  }

  /** The report, as it is printed. */
  @Override
  public String toString() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    print(new PrintStream(text, true, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8);
  }

  private static void row(PrintStream out, String what, long count) {
    out.printf("  %-45s %,10d%n", what, count);
  }
}
