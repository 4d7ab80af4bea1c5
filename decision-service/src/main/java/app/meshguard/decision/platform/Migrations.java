package app.meshguard.decision.platform;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the database to the schema of this release, with the owner's credentials, which the
 * running service never has. The scripts are listed by name: a native image cannot scan folders.
 */
final class Migrations {
  static final List<String> SCRIPTS = List.of("V1__limits.sql", "V2__budgets.sql");
  private static final String FOLDER = "db/migration/";

  private final String url;
  private final String username;
  private final String password;

  Migrations(String url, String username, String password) {
    this.url = url;
    this.username = username;
    this.password = password;
  }

  /** From system properties {@code meshguard.migrate.*} or the environment. */
  static Migrations fromSettings() {
    return new Migrations(setting("url"), setting("username"), setting("password"));
  }

  private static String setting(String name) {
    String property = "meshguard.migrate." + name;
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'));
    }
    return value == null ? "" : value;
  }

  /** Migrates and prints one line; false when it failed. */
  boolean run(PrintStream out, PrintStream err) {
    if (url.isEmpty() || username.isEmpty()) {
      err.println(
          "set meshguard.migrate.url (jdbc:postgresql://…), meshguard.migrate.username and"
              + " meshguard.migrate.password, or MESHGUARD_MIGRATE_URL and so on");
      return false;
    }
    try {
      MigrateResult result =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(url, username, password)
              .resourceProvider(new NamedScripts())
              .javaMigrationClassProvider(List::of)
              .load()
              .migrate();
      out.println(
          "decision-service: "
              + result.migrationsExecuted
              + " migrations applied, schema at version "
              + (result.targetSchemaVersion == null
                  ? result.initialSchemaVersion
                  : result.targetSchemaVersion));
      return true;
    } catch (FlywayException e) {
      err.println("decision-service: migration failed: " + e.getMessage());
      return false;
    }
  }

  private static final class NamedScripts implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return SCRIPTS.stream().filter(name::endsWith).map(Script::new).findFirst().orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return SCRIPTS.stream()
          .filter(s -> s.startsWith(prefix) && Stream.of(suffixes).anyMatch(s::endsWith))
          .<LoadableResource>map(Script::new)
          .toList();
    }
  }

  private static final class Script extends LoadableResource {
    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream in = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name);
      if (in == null) {
        throw new IllegalStateException("the migration " + name + " is not in this build");
      }
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }

    @Override
    public boolean shouldStream() {
      return false;
    }
  }
}
