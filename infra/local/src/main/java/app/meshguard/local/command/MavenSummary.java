package app.meshguard.local.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Picks out of Maven's log what tells how it went: each module's counts and the final word. */
final class MavenSummary {
  private static final Pattern MODULE = Pattern.compile("\\[INFO\\] Building (.+?) \\S+ +\\[.*\\]");
  private static final Pattern COUNTS =
      Pattern.compile("\\[(INFO|WARNING|ERROR)\\] +Tests run: \\d+, .*Skipped: \\d+");

  private final List<String> counts = new ArrayList<>();
  private final List<String> end = new ArrayList<>();
  private String module = "";
  private boolean ending;

  void see(String line) {
    var building = MODULE.matcher(line);
    if (building.matches()) {
      module = building.group(1);
    }
    if (COUNTS.matcher(line).matches()) {
      counts.add(line + " -- " + module);
    }
    ending = ending || line.contains("Reactor Summary") || line.contains("BUILD ");
    if (ending) {
      end.add(line);
    }
  }

  void print(PrintStream out) {
    counts.forEach(out::println);
    end.forEach(out::println);
  }
}
