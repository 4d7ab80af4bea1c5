package app.meshguard.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One data directory and the commands that make and serve it, however the server's life is led. */
final class PostgresCluster {
  // Durable, loopback only, no socket files, and small: it shares a developer's machine.
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "max_connections=200",
          "shared_buffers=96MB",
          "work_mem=8MB",
          // Checkpoints are small and often: one large one holds up the forces of decisions on the
          // same disk for tenths of a second.
          "max_wal_size=512MB",
          "max_parallel_workers_per_gather=0",
          "jit=off",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_line_prefix=%m [%p] %q%u@%d ");

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final PostgresBinaries binaries;
  private final Path data;

  PostgresCluster(PostgresBinaries binaries, Path data) {
    this.binaries = binaries;
    this.data = data.toAbsolutePath();
  }

  boolean exists() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /** Makes the data directory, whole or not at all. */
  void initialize(String superuserPassword) {
    Path fresh = data.resolveSibling(data.getFileName() + ".new");
    Path passwordFile = data.resolveSibling("initdb.password");
    PrivateFiles.deleteTree(fresh);
    PrivateFiles.directory(fresh);
    PrivateFiles.write(passwordFile, superuserPassword + "\n");
    PostgresAccount account = PostgresAccount.forProgram(binaries.program("initdb"), fresh);
    account.own(passwordFile);
    List<String> command =
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + fresh,
            "--username=" + PostgresAccess.SUPERUSER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions");
    try {
      run(account.wrap(command));
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data directory " + data, e);
    } finally {
      deleteQuietly(passwordFile);
    }
  }

  /** The command that serves this directory on a loopback port. */
  List<String> serveCommand(int port) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    for (String setting : SETTINGS) {
      command.addAll(List.of("-c", setting));
    }
    return PostgresAccount.forProgram(binaries.program("postgres"), data).wrap(command);
  }

  /**
   * Waits until the server takes connections.
   *
   * @param server pid of the process that was started
   */
  void awaitReady(long server, Path log) {
    DetachedProcess.await(() -> isReady(server) || !isAlive(server), START_LIMIT);
    if (!isAlive(server) || !isReady(server)) {
      throw new ProcessFailed(
          "PostgreSQL did not start, its log " + log + " ends", LogTail.of(log));
    }
  }

  /**
   * Removes the lock that a killed server left, unless a PostgreSQL has its pid: left there, it
   * would tell of a readiness that is over, and its pid may by now be another program's, which
   * PostgreSQL would take for the server.
   */
  void removeStaleLock() {
    Path lock = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(lock)) {
        return;
      }
      if (!isPostgres(Long.parseLong(Files.readAllLines(lock).getFirst().strip()))) {
        Files.delete(lock);
      }
    } catch (NumberFormatException e) {
      throw new IllegalStateException(lock + " does not begin with a pid", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + lock, e);
    }
  }

  /** Whether this very process says so: a lock that a killed one left says it too. */
  private boolean isReady(long server) {
    try {
      // The first line is the postmaster's pid, the eighth its own word on its state.
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.size() >= 8
          && lines.getFirst().strip().equals(Long.toString(server))
          && lines.get(7).strip().equals("ready");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isPostgres(long pid) throws IOException {
    try {
      // One that was killed and that nobody has waited for yet keeps its name: alive comes first.
      return isAlive(pid)
          && Files.readString(Path.of("/proc", Long.toString(pid), "comm")).startsWith("postgres");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new ProcessFailed("initdb failed", said.lines().toList());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
