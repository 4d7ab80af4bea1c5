package app.meshguard.local.command;

import app.meshguard.local.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code logs [service] [-f]}: the end of the logs, and with -f what is added. */
final class Logs {
  private final Path directory;

  Logs(Path directory) {
    this.directory = directory;
  }

  int run(List<String> arguments) throws Exception {
    boolean follow = arguments.contains("-f");
    List<String> names = arguments.stream().filter(name -> !name.equals("-f")).toList();
    List<String> files = new ArrayList<>();
    for (Part part : Part.values()) {
      Path file = directory.resolve(part.label() + ".log");
      if ((names.isEmpty() || names.contains(part.label())) && Files.exists(file)) {
        files.add(file.toString());
      }
    }
    for (String name : names) {
      if (!name.equals("build")) {
        known(name);
      } else if (Files.exists(directory.resolve("build.log"))) {
        files.add(directory.resolve("build.log").toString());
      }
    }
    if (files.isEmpty()) {
      throw new WrongUse("there are no logs yet in " + directory);
    }
    List<String> command = new ArrayList<>(List.of("tail", "-n", "100"));
    if (follow) {
      command.add("-F");
    }
    command.addAll(files);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void known(String name) {
    try {
      Part.labelled(name);
    } catch (IllegalArgumentException e) {
      throw new WrongUse(e.getMessage() + " (and the log of the build, 'build')");
    }
  }
}
