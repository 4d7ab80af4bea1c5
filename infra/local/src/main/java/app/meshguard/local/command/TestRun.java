package app.meshguard.local.command;

import app.meshguard.processes.GuardedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code test}: the whole build with every test, on one PostgreSQL for the run, and native sources
 * of one service a day, which finds what a native image would not take.
 */
final class TestRun {
  private static final List<String> SERVICES =
      List.of("tenant-service", "decision-service", "audit-service");

  private final Path root;
  private final PrintStream out;

  TestRun(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
  }

  int run(List<String> arguments) throws Exception {
    boolean full = arguments.contains("--full");
    List<String> rest = arguments.stream().filter(argument -> !argument.equals("--full")).toList();
    long begin = System.nanoTime();
    MavenSummary summary = new MavenSummary();
    int verified = verify(full, rest, summary);
    int nativeSources = verified == 0 ? nativeSources(full) : 0;
    out.println();
    summary.print(out);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    out.printf("./meshguard test took %d:%02d min%n", took.toMinutes(), took.toSecondsPart());
    if (nativeSources != 0) {
      out.println("Tests passed, but native sources could not be built: see above.");
    }
    return verified != 0 ? verified : nativeSources;
  }

  private int verify(boolean full, List<String> rest, MavenSummary summary) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "verify"));
    command.add("-Dmeshguard.full=" + full);
    command.addAll(rest);
    try (GuardedPostgres postgres = GuardedPostgres.start()) {
      ProcessBuilder builder = maven(command);
      builder.environment().put("MESHGUARD_TEST_POSTGRES", postgres.accessFile().toString());
      return follow(builder, summary);
    }
  }

  private int nativeSources(boolean full) throws Exception {
    int today = LocalDate.now(Clock.systemUTC()).getDayOfYear() % SERVICES.size();
    String services = full ? String.join(",", SERVICES) : SERVICES.get(today);
    out.println("Native sources of " + services + " …");
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "package"));
    command.addAll(List.of("-pl", services, "-am", "-DskipTests"));
    // Of the classes that were tested just now; compiling them again would find the same.
    command.addAll(List.of("-Dmaven.main.skip=true", "-Dmaven.test.skip=true"));
    command.add("-Dquarkus.native.enabled=true");
    command.add("-Dquarkus.native.sources-only=true");
    // The packages that the stack runs stay as they are.
    command.add("-Dquarkus.package.jar.enabled=false");
    return follow(maven(command), new MavenSummary());
  }

  private ProcessBuilder maven(List<String> command) {
    return new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
  }

  private int follow(ProcessBuilder builder, MavenSummary summary)
      throws IOException, InterruptedException {
    Process process = builder.start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        summary.see(line);
      }
    }
    return process.waitFor();
  }
}
