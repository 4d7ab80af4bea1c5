package app.meshguard.local;

import app.meshguard.local.process.Fingerprint;
import app.meshguard.processes.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The packaged services, as the build left them or as a stack keeps them. */
final class Apps {
  private final Path root;
  private final boolean built;

  private Apps(Path root, boolean built) {
    this.root = root;
    this.built = built;
  }

  /** What the build left in the checkout: must not be rebuilt while something runs from it. */
  static Apps ofBuild(Path projectRoot) {
    return new Apps(projectRoot, true);
  }

  /** The folder of a packaged service, with its {@code quarkus-run.jar}. */
  Path folder(Part service) {
    Path folder = root.resolve(service.label());
    return built ? folder.resolve("target").resolve("quarkus-app") : folder;
  }

  /** The jar to run a service with. */
  Path jar(Part service) {
    Path jar = folder(service).resolve("quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          service.label() + " is not built: there is no " + jar + " (./meshguard up builds it)");
    }
    return jar;
  }

  /**
   * What distinguishes this build of a service from another: names, sizes and times of its files.
   */
  String stamp(Part service) {
    try (Stream<Path> files = Files.walk(folder(service))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(folder(service).relativize(file))
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file).toMillis())
            .append('\n');
      }
      return Fingerprint.of(text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder(service), e);
    }
  }

  /**
   * Copies of these apps below {@code directory}, so that a build does not pull the files from
   * under a running stack; copies only what differs.
   */
  Apps copiedTo(Path directory) {
    Apps copies = new Apps(directory, false);
    for (Part service : Part.SERVICES) {
      jar(service);
      Path copy = copies.folder(service);
      if (!Files.exists(copy) || !copies.stamp(service).equals(stamp(service))) {
        replace(folder(service), copy);
      }
    }
    return copies;
  }

  private static void replace(Path source, Path copy) {
    Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
    Path old = copy.resolveSibling(copy.getFileName() + ".old");
    PrivateFiles.deleteTree(fresh);
    PrivateFiles.deleteTree(old);
    try {
      PrivateFiles.directory(copy.resolveSibling(""));
      List<Path> files;
      try (Stream<Path> tree = Files.walk(source)) {
        files = tree.toList();
      }
      for (Path file : files) {
        Files.copy(
            file,
            fresh.resolve(source.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
      if (Files.exists(copy)) {
        Files.move(copy, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + source, e);
    }
    PrivateFiles.deleteTree(old);
  }
}
