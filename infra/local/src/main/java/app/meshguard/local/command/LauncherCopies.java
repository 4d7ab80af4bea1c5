package app.meshguard.local.command;

import app.meshguard.processes.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The copies of the launcher that the script makes, one per build. */
final class LauncherCopies {
  private LauncherCopies() {}

  /** Deletes all but the one that this JVM, and by now the front too, runs from. */
  static void deleteOthers(Path copies) throws IOException {
    List<String> classPath =
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    if (!Files.isDirectory(copies)) {
      return;
    }
    try (Stream<Path> folders = Files.list(copies)) {
      for (Path folder : folders.toList()) {
        boolean own = classPath.stream().anyMatch(entry -> entry.startsWith(folder + "/"));
        if (!own) {
          PrivateFiles.deleteTree(folder);
        }
      }
    }
  }
}
