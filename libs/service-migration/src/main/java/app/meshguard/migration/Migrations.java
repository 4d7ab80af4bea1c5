package app.meshguard.migration;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a service's database to the schema of its release, with the owner's credentials. The
 * scripts, in {@code db/migration}, are listed by name: a native image cannot scan folders.
 */
public final class Migrations {
  private static final String FOLDER = "db/migration/";

  private final ClassLoader loader;
  private final List<String> scripts;

  /**
   * The migrations of one service.
   *
   * @param service a class beside whose jar's classes the scripts lie
   * @param scripts file names, in order
   */
  public Migrations(Class<?> service, List<String> scripts) {
    this.loader = service.getClassLoader();
    this.scripts = List.copyOf(scripts);
  }

  /**
   * Migrates.
   *
   * @return what was done, for people
   * @throws IllegalStateException when it failed; nothing of the failed script is kept
   */
  public String run(DatabaseOwner owner) {
    try {
      MigrateResult result =
          Flyway.configure(loader)
              .dataSource(owner.url(), owner.username(), owner.password())
              .resourceProvider(new NamedScripts())
              .javaMigrationClassProvider(List::of)
              .load()
              .migrate();
      String version = result.targetSchemaVersion;
      return result.migrationsExecuted
          + " migrations applied, schema at version "
          + (version == null ? result.initialSchemaVersion : version);
    } catch (FlywayException e) {
      throw new IllegalStateException("migration failed: " + e.getMessage(), e);
    }
  }

  private final class NamedScripts implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return scripts.stream().filter(name::endsWith).map(Script::new).findFirst().orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return scripts.stream()
          .filter(s -> s.startsWith(prefix) && Stream.of(suffixes).anyMatch(s::endsWith))
          .<LoadableResource>map(Script::new)
          .toList();
    }
  }

  private final class Script extends LoadableResource {
    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream in = loader.getResourceAsStream(FOLDER + name);
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
