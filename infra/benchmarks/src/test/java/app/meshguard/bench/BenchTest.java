package app.meshguard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.bench.report.Bar;
import app.meshguard.bench.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  @TempDir Path state;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void listsTheNamesForAnUnknownOne() throws Exception {
    assertEquals(2, bench().run("decision"));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("slow       misses its bar"));
  }

  @Test
  void refusesAnUnknownFlag() throws Exception {
    assertEquals(2, bench().run("slow", "--fast"));
  }

  @Test
  void endsWithZeroEvenIfABarIsMissed() throws Exception {
    assertEquals(0, bench().run("slow", "--peers"));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("MISSED"));
    assertTrue(Files.exists(state.resolve("bench/slow.json")));
  }

  private Bench bench() {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Bench(Map.of("slow", new Slow()), state, out);
  }

  private static final class Slow implements Benchmark {
    @Override
    public String description() {
      return "misses its bar";
    }

    @Override
    public void run(BenchOptions options, Report report) {
      report.bar(Bar.atMost("time", 2, 1, "s"));
    }
  }
}
