package app.meshguard.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code bench} and {@code chaos}: programs of their own, run from what the build left. */
final class BuiltProgram {
  private final Path root;
  private final Path home;
  private final String module;
  private final String mainClass;

  private BuiltProgram(Path root, Path home, String module, String mainClass) {
    this.root = root;
    this.home = home;
    this.module = module;
    this.mainClass = mainClass;
  }

  static BuiltProgram benchmarks(Path root, Path home) {
    return new BuiltProgram(root, home, "benchmarks", "app.meshguard.bench.Bench");
  }

  static BuiltProgram chaos(Path root, Path home) {
    return new BuiltProgram(root, home, "chaos", "app.meshguard.chaos.Chaos");
  }

  int run(List<String> arguments) throws Exception {
    Path target = root.resolve("infra").resolve(module).resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx1g");
    command.add("-Dmeshguard.home=" + home);
    command.add("-cp");
    command.add(jar(target) + ":" + target.resolve("lib") + "/*");
    command.add(mainClass);
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
  }

  private Path jar(Path target) throws Exception {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        var jar =
            files
                .filter(file -> file.getFileName().toString().matches(module + "-[0-9.]+\\.jar"))
                .findFirst();
        if (jar.isPresent()) {
          return jar.get();
        }
      }
    }
    throw new WrongUse("infra/" + module + " is not built: there is no jar in " + target);
  }
}
