package app.meshguard.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL for tests, which ends with the JVM that started it, however that ends: a watchdog
 * holds the other end of a pipe, and when the pipe breaks it stops the server and deletes its data.
 */
public final class GuardedPostgres implements AutoCloseable {
  // In a session of its own, or a Ctrl-C in the terminal would end the watchdog before its work.
  private static final String WATCHDOG =
      """
      trap '' INT TERM HUP
      dir=$1
      shift
      "$@" >>"$dir/postgres.log" 2>&1 </dev/null &
      server=$!
      echo $server
      while read -r _; do :; done
      kill -INT $server 2>/dev/null
      wait $server
      rm -rf "$dir"
      """;

  private final Process watchdog;
  private final PostgresAccess access;
  private final Path accessFile;

  private GuardedPostgres(Process watchdog, PostgresAccess access, Path accessFile) {
    this.watchdog = watchdog;
    this.access = access;
    this.accessFile = accessFile;
  }

  /** Starts one with fresh data below the temporary directory, with all roles and databases. */
  public static GuardedPostgres start() {
    try {
      PostgresBinaries binaries = PostgresBinaries.in(PostgresBinaries.defaultCache());
      Path directory = Files.createTempDirectory("meshguard-postgres-");
      PostgresCluster cluster = new PostgresCluster(binaries, directory.resolve("data"));
      PostgresAccess access = PostgresAccess.generate(FreePorts.next());
      cluster.initialize(access.password(PostgresAccess.SUPERUSER));
      Process watchdog = watch(directory, cluster.serveCommand(access.port()));
      long server = Long.parseLong(watchdog.inputReader().readLine());
      cluster.awaitReady(server, directory.resolve("postgres.log"));
      new DatabaseSetup(access).makeAll();
      Path accessFile = directory.resolve("access.properties");
      access.write(accessFile);
      holdPipe(watchdog);
      return new GuardedPostgres(watchdog, access, accessFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL for tests", e);
    }
  }

  public PostgresAccess access() {
    return access;
  }

  /** Where {@link #access()} is written down, for other processes, as long as the server lives. */
  public Path accessFile() {
    return accessFile;
  }

  /** Stops the server and deletes its data. */
  @Override
  public void close() {
    try {
      watchdog.getOutputStream().close();
      if (!watchdog.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the PostgreSQL for tests did not stop");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps the pipe open when nobody holds this object: a thread is never collected. */
  private static void holdPipe(Process watchdog) {
    Thread.ofPlatform()
        .daemon()
        .name("meshguard-postgres-guard")
        .start(
            () -> {
              try {
                watchdog.waitFor();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static Process watch(Path directory, List<String> server) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setsid", "sh", "-c", WATCHDOG, "meshguard-postgres-watchdog"));
    command.add(directory.toString());
    command.addAll(server);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectError(directory.resolve("watchdog.log").toFile())
        .start();
  }
}
