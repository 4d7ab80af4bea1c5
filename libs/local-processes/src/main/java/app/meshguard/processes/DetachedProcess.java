package app.meshguard.processes;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A process that outlives the JVM that started it: in a session of its own, writing to a log file,
 * known by a record file with its {@link ProcessIdentity}.
 */
public final class DetachedProcess {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path recordFile;
  private final ProcessIdentity identity;

  private DetachedProcess(Path recordFile, ProcessIdentity identity) {
    this.recordFile = recordFile;
    this.identity = identity;
  }

  /**
   * What to start.
   *
   * @param environment added to this process's own; never put a secret into {@code command}: every
   *     user of the machine can read command lines
   */
  public record Launch(
      List<String> command, Map<String, String> environment, Path directory, Path log) {
    public Launch {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /** Starts the process and writes its record. */
  public static DetachedProcess start(Launch launch, Path recordFile) {
    List<String> command = new ArrayList<>();
    // A child of a JVM leads no process group, so setsid becomes the command and keeps the pid.
    command.add("setsid");
    command.addAll(launch.command());
    try {
      Files.createDirectories(launch.log().toAbsolutePath().getParent());
      Files.createDirectories(recordFile.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(launch.directory().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
      builder.environment().putAll(launch.environment());
      Process process = builder.start();
      Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
      if (identity.isEmpty()) {
        throw new ProcessFailed(
            launch.command().getFirst() + " ended at once", LogTail.of(launch.log()));
      }
      write(recordFile, identity.get());
      return new DetachedProcess(recordFile, identity.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + launch.command().getFirst(), e);
    }
  }

  /** The process that a record file names, alive or dead; empty when there is no record. */
  public static Optional<DetachedProcess> recordedIn(Path recordFile) {
    try {
      if (!Files.exists(recordFile)) {
        return Optional.empty();
      }
      ProcessIdentity identity = JSON.readValue(recordFile.toFile(), ProcessIdentity.class);
      return Optional.of(new DetachedProcess(recordFile, identity));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + recordFile, e);
    }
  }

  public long pid() {
    return identity.pid();
  }

  public boolean isAlive() {
    return identity.isAlive();
  }

  /** Asks the process to end, kills it when it has not within {@code grace}, forgets its record. */
  public void terminate(Duration grace) {
    terminate("TERM", grace);
  }

  void terminate(String signal, Duration grace) {
    if (isAlive()) {
      signal(signal);
      if (!await(() -> !isAlive(), grace)) {
        kill();
      }
    }
    forget();
  }

  /** Ends the process as a power cut would; its record stays, so that the death is seen. */
  public void kill() {
    if (isAlive()) {
      signal("KILL");
      await(() -> !isAlive(), Duration.ofSeconds(10));
    }
  }

  /** Lets it, and its children, run no further until {@link #resume}. */
  public void pause() {
    signalAll("STOP");
  }

  /** Lets what was paused go on as if nothing had been. */
  public void resume() {
    signalAll("CONT");
  }

  private void signalAll(String signal) {
    if (isAlive()) {
      // PostgreSQL's children are in sessions of their own: a group's signal would not reach them.
      long[] children =
          ProcessHandle.of(pid()).stream()
              .flatMap(ProcessHandle::descendants)
              .mapToLong(ProcessHandle::pid)
              .toArray();
      signal(signal);
      if (children.length > 0) {
        Signals.send(signal, children);
      }
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(recordFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + recordFile, e);
    }
  }

  private void signal(String signal) {
    Signals.send(signal, identity.pid());
  }

  static boolean await(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static void write(Path recordFile, ProcessIdentity identity) throws IOException {
    Path fresh = recordFile.resolveSibling(recordFile.getFileName() + ".new");
    JSON.writeValue(fresh.toFile(), identity);
    Files.move(
        fresh, recordFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
