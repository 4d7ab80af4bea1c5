package app.meshguard.audit.epoch;

import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.seal.Masters;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * {@code succeed [--tenant <id>]}: closes halted logs and begins their successors. Told by hand and
 * with the service's own settings; the service may run meanwhile and goes on with the successors.
 */
public final class SucceedCommand {
  private static final String SIGN = "quarkus.datasource.\"sign\".";

  private final PrintStream out;
  private final PrintStream err;

  public SucceedCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command with what follows its name; answers the exit code. */
  public int run(List<String> arguments) {
    boolean isRight =
        arguments.isEmpty() || (arguments.size() == 2 && arguments.getFirst().equals("--tenant"));
    if (!isRight) {
      err.println("audit-service: usage: succeed [--tenant <tenant id>]");
      return 2;
    }
    try {
      List<Succession.Succeeded> done =
          succeed(settings(), arguments.isEmpty() ? null : arguments.getLast());
      if (done.isEmpty()) {
        out.println("audit-service: no log is halted, nothing is done");
      }
      for (Succession.Succeeded one : done) {
        LogRow closed = one.closed();
        out.printf(
            "audit-service: log %s of %s is closed at %d entries, %s goes on%n",
            closed.origin(), closed.tenant(), closed.size(), one.successor());
      }
      return 0;
    } catch (IOException | RuntimeException e) {
      err.println("audit-service: " + e.getMessage());
      return 1;
    }
  }

  private static List<Succession.Succeeded> succeed(SmallRyeConfig config, @Nullable String tenant)
      throws IOException {
    Vertx vertx = Vertx.vertx();
    Path guards = Path.of(value(config, "meshguard.log.guard-directory"));
    Masters masters = new Masters(Path.of(value(config, "meshguard.log.master-directory")));
    String prefix =
        config.getOptionalValue("meshguard.log.origin", String.class).orElse("meshguard.local");
    PgConnectOptions database =
        PgConnectOptions.fromUri(value(config, SIGN + "reactive.url"))
            .setUser(value(config, SIGN + "username"))
            .setPassword(value(config, SIGN + "password"));
    Pool pool = PgBuilder.pool().using(vertx).connectingTo(database).build();
    try (Guard guard = Guard.open(guards)) {
      return new Succession(pool, new LogKeys(masters, prefix), guard).run(tenant);
    } finally {
      pool.close();
      vertx.close();
    }
  }

  private static String value(SmallRyeConfig config, String name) {
    try {
      return config.getValue(name, String.class);
    } catch (NoSuchElementException e) {
      throw new IllegalStateException(
          "set " + name + ": succeed reads the settings of the service", e);
    }
  }

  /** System properties, environment, and the file that the service's own settings are in. */
  private static SmallRyeConfig settings() throws IOException {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultSources();
    builder.addDefaultInterceptors();
    String file = System.getProperty("quarkus.config.locations");
    if (file != null) {
      builder.withSources(new PropertiesConfigSource(Path.of(file).toUri().toURL()));
    }
    return builder.build();
  }
}
