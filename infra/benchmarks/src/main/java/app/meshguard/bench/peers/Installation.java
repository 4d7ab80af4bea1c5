package app.meshguard.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the package tools of other languages. */
final class Installation {
  private static final Duration AT_MOST = Duration.ofMinutes(15);

  private Installation() {}

  /** Runs {@code command} in {@code directory}; what it prints goes to a log beside. */
  static void run(
      Path directory, String what, List<String> command, Map<String, String> environment)
      throws PeerUnavailable, IOException, InterruptedException {
    Files.createDirectories(directory);
    Path log = directory.resolve(what + "-install.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new PeerUnavailable(
          "%s can't be installed: there is no `%s` on the PATH."
              .formatted(what, command.getFirst()));
    }
    if (!process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new PeerUnavailable(
          "%s can't be installed: `%s` took more than %d minutes, see %s."
              .formatted(what, String.join(" ", command), AT_MOST.toMinutes(), log));
    }
    if (process.exitValue() != 0) {
      throw new PeerUnavailable(
          "%s can't be installed: `%s` failed, see %s. Its package index must be reachable."
              .formatted(what, String.join(" ", command), log));
    }
  }

  /** Puts a file of ours, such as a policy, where the peer can read it. */
  static Path unpack(String resource, Path directory) throws IOException {
    Path target = directory.resolve(Path.of(resource).getFileName());
    Files.createDirectories(directory);
    try (InputStream in = Installation.class.getResourceAsStream("/peers/" + resource)) {
      if (in == null) {
        throw new IOException("The benchmarks lack their file " + resource);
      }
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }
}
