package app.meshguard.testsupport;

import app.meshguard.processes.DeploymentKeys;
import app.meshguard.processes.PrivateFiles;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a service under test a migrated database of its own, the keys of {@link TestKeys} and
 * directories for what it keeps on disk.
 *
 * <pre>{@code
 * @QuarkusTestResource(
 *     value = ServiceDatabaseResource.class,
 *     initArgs = @ResourceArg(name = "service", value = "tenant"))
 * }</pre>
 *
 * Further arguments are settings of the service, and win over those that are made here.
 */
public final class ServiceDatabaseResource implements QuarkusTestResourceLifecycleManager {
  private String service = "";
  private Map<String, String> given = Map.of();
  private @Nullable TestDatabase database;
  private @Nullable Path directory;

  @Override
  public void init(Map<String, String> initArgs) {
    Map<String, String> others = new HashMap<>(initArgs);
    String named = others.remove("service");
    if (named == null) {
      throw new IllegalArgumentException(
          "say whose database it is: initArgs = @ResourceArg(name = \"service\", value = …)");
    }
    service = named;
    given = Map.copyOf(others);
  }

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("meshguard-" + service + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for the test", e);
    }
    database = TestDatabase.create(service);
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.putAll(settings(service, TestKeys.deployment(), directory));
    settings.put("meshguard.test.database.url", database.jdbcUrl());
    settings.put("meshguard.test.database.owner", database.owner());
    settings.put("meshguard.test.database.owner-password", database.password(database.owner()));
    settings.putAll(given);
    return settings;
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
    }
    if (directory != null) {
      PrivateFiles.deleteTree(directory);
    }
  }

  private static Map<String, String> settings(String service, DeploymentKeys keys, Path directory) {
    Map<String, String> settings = new HashMap<>();
    settings.put("meshguard.identity.key-file", keys.identityKey(service + "-service").toString());
    settings.put("meshguard.identity.trusted-keys", keys.trustedServices().toString());
    settings.put("meshguard.secrets.key-file", keys.secretsKey().toString());
    settings.put("meshguard.egress.allow-private", "true");
    settings.put("meshguard.signup.open", "true");
    if (service.equals("tenant")) {
      settings.put("meshguard.tokens.key-directory", keys.tokenKeys().toString());
    }
    if (service.equals("audit")) {
      settings.put("meshguard.log.master-directory", keys.logMasters().toString());
      settings.put("meshguard.log.guard-directory", directory.resolve("guard").toString());
    }
    if (service.equals("decision")) {
      settings.put("meshguard.journal.directory", directory.resolve("journal").toString());
      settings.put("meshguard.bundle.directory", directory.resolve("bundles").toString());
    }
    return settings;
  }
}
