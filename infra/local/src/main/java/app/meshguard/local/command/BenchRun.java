package app.meshguard.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code bench}: runs the benchmarks, which are a program of their own. */
final class BenchRun {
  private static final String MAIN = "app.meshguard.bench.Bench";

  private final Path root;
  private final Path home;

  BenchRun(Path root, Path home) {
    this.root = root;
    this.home = home;
  }

  int run(List<String> arguments) throws Exception {
    Path target = root.resolve("infra").resolve("benchmarks").resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx1g");
    command.add("-Dmeshguard.home=" + home);
    command.add("-cp");
    command.add(jar(target) + ":" + target.resolve("lib") + "/*");
    command.add(MAIN);
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
  }

  private static Path jar(Path target) throws Exception {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        var jar =
            files
                .filter(file -> file.getFileName().toString().matches("benchmarks-[0-9.]+\\.jar"))
                .findFirst();
        if (jar.isPresent()) {
          return jar.get();
        }
      }
    }
    throw new WrongUse("the benchmarks are not built: there is no jar in " + target);
  }
}
