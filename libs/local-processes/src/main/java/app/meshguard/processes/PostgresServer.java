package app.meshguard.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The PostgreSQL of a stack: detached, so that it outlives whoever started it, with its data in the
 * stack's home.
 */
public final class PostgresServer {
  private static final Duration CLIENTS_GRACE = Duration.ofSeconds(20);
  private static final Duration START_RETRY = Duration.ofSeconds(15);

  private final Path cache;
  private final Path home;
  private final Map<String, String> environment;

  /**
   * The server that keeps its state in {@code home}.
   *
   * @param cache where PostgreSQL's programs are unpacked
   * @param home the stack's directory: {@code postgres/}, {@code logs/} and {@code run/} below it
   *     are used
   * @param environment given to the process, so that a stack can recognise what is its own
   */
  public PostgresServer(Path cache, Path home, Map<String, String> environment) {
    this.cache = cache;
    this.home = home.toAbsolutePath();
    this.environment = Map.copyOf(environment);
  }

  /** Starts the server unless it runs; afterwards all roles and databases are there. */
  public PostgresAccess start() {
    if (isRunning()) {
      return withAllRoles();
    }
    PostgresCluster cluster =
        new PostgresCluster(PostgresBinaries.in(cache), directory().resolve("data"));
    PostgresAccess access = prepare(cluster);
    launch(cluster, access);
    new DatabaseSetup(access).makeAll();
    return access;
  }

  public boolean isRunning() {
    return process().filter(DetachedProcess::isAlive).isPresent();
  }

  /** The process that was started last, alive or dead. */
  public Optional<DetachedProcess> process() {
    return DetachedProcess.recordedIn(record());
  }

  /** How to log in; only after the first {@link #start}. */
  public PostgresAccess access() {
    return PostgresAccess.read(accessFile());
  }

  public Path log() {
    return home.resolve("logs").resolve("postgres.log");
  }

  /** Stops it cleanly: clients are cut off, what is committed is kept. */
  public void stop() {
    process().ifPresent(process -> process.terminate("INT", CLIENTS_GRACE));
  }

  private PostgresAccess prepare(PostgresCluster cluster) {
    PrivateFiles.directory(directory());
    if (!cluster.exists()) {
      PostgresAccess fresh = PostgresAccess.generate(FreePorts.next());
      fresh.write(accessFile());
      cluster.initialize(fresh.password(PostgresAccess.SUPERUSER));
      return fresh;
    }
    if (!Files.exists(accessFile())) {
      throw new IllegalStateException(
          accessFile() + " is gone, and with it the passwords: ./meshguard reset starts anew");
    }
    PostgresAccess known = access().withAllRoles();
    known.write(accessFile());
    if (FreePorts.isFree(known.port())) {
      return known;
    }
    PostgresAccess moved = known.at(FreePorts.next());
    moved.write(accessFile());
    return moved;
  }

  /** A server that runs since before a role was thought of is given it. */
  private PostgresAccess withAllRoles() {
    PostgresAccess known = access();
    PostgresAccess whole = known.withAllRoles();
    if (!whole.equals(known)) {
      whole.write(accessFile());
      new DatabaseSetup(whole).makeAll();
    }
    return whole;
  }

  private void launch(PostgresCluster cluster, PostgresAccess access) {
    // After a kill -9 the old server's children take a moment to see it, and to let go of the
    // shared memory that a new one asks for.
    long end = System.nanoTime() + START_RETRY.toNanos();
    while (true) {
      cluster.removeStaleLock();
      DetachedProcess process =
          DetachedProcess.start(
              new DetachedProcess.Launch(
                  cluster.serveCommand(access.port()), environment, directory(), log()),
              record());
      try {
        cluster.awaitReady(process.pid(), log());
        return;
      } catch (ProcessFailed e) {
        process.terminate("INT", CLIENTS_GRACE);
        if (System.nanoTime() > end || !LogTail.of(log()).toString().contains("shared memory")) {
          throw e;
        }
      }
    }
  }

  private Path directory() {
    return home.resolve("postgres");
  }

  private Path accessFile() {
    return directory().resolve("access.properties");
  }

  private Path record() {
    return home.resolve("run").resolve("postgres.json");
  }
}
