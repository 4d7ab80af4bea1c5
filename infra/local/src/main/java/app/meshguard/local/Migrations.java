package app.meshguard.local;

import app.meshguard.local.process.JavaCommand;
import app.meshguard.processes.LogTail;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.PrivateFiles;
import app.meshguard.processes.ProcessFailed;
import app.meshguard.processes.ServiceDatabase;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Runs the migrate command of each service whose build has not migrated this database before. */
final class Migrations {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Apps apps;
  private final PostgresAccess postgres;
  private final Path doneFile;
  private final Path logs;
  private final Map<String, String> environment;

  Migrations(
      Apps apps,
      PostgresAccess postgres,
      Path doneFile,
      Path logs,
      Map<String, String> environment) {
    this.logs = logs;
    this.environment = Map.copyOf(environment);
    this.apps = apps;
    this.postgres = postgres;
    this.doneFile = doneFile;
  }

  /** Runs them side by side, and tells, when all are done, whether there were any. */
  boolean run() {
    Map<String, String> done = done();
    Map<Part, CompletableFuture<Void>> running = new TreeMap<>();
    for (Part service : Part.SERVICES) {
      if (!apps.stamp(service).equals(done.get(service.label()))) {
        running.put(
            service,
            CompletableFuture.runAsync(() -> migrate(service), Thread::startVirtualThread));
      }
    }
    // All are awaited before one's failure is told: none is left running behind.
    CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null)
        .join();
    running.forEach(
        (service, migration) -> {
          try {
            migration.join();
          } catch (CompletionException e) {
            throw e.getCause() instanceof ProcessFailed failed ? failed : e;
          }
          done.put(service.label(), apps.stamp(service));
        });
    if (!running.isEmpty()) {
      StringBuilder text = new StringBuilder();
      done.forEach((service, stamp) -> text.append(service).append('=').append(stamp).append('\n'));
      PrivateFiles.write(doneFile, text.toString());
    }
    return !running.isEmpty();
  }

  private void migrate(Part service) {
    ServiceDatabase database = ServiceSettings.database(service);
    Path log = logs.resolve("migrate-" + service.label() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(JavaCommand.migrate(apps.jar(service)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> given = builder.environment();
    given.putAll(environment);
    given.put("MESHGUARD_MIGRATE_URL", postgres.jdbcUrl(database.databaseName()));
    given.put("MESHGUARD_MIGRATE_USERNAME", database.owner());
    given.put("MESHGUARD_MIGRATE_PASSWORD", postgres.password(database.owner()));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      if (!ended || process.exitValue() != 0) {
        throw new ProcessFailed(
            "the database of %s %s; the log %s ends"
                .formatted(
                    service.label(),
                    ended
                        ? "cannot be migrated"
                        : "was not migrated in " + LIMIT.toSeconds() + " s",
                    log),
            LogTail.of(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot migrate " + service.label(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while migrating " + service.label(), e);
    }
  }

  private Map<String, String> done() {
    Map<String, String> done = new TreeMap<>();
    if (Files.exists(doneFile)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(doneFile)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + doneFile, e);
      }
      properties
          .stringPropertyNames()
          .forEach(service -> done.put(service, properties.getProperty(service)));
    }
    return done;
  }
}
