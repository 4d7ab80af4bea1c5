package app.meshguard.local;

import app.meshguard.local.process.StackHome;
import app.meshguard.processes.DeploymentKeys;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** What each service of a stack is told: addresses, keys, credentials of its database. */
final class ServiceSettings {
  // Above environment variables and system properties: what else is set on this machine must not
  // send a service of this stack somewhere else.
  private static final String ABOVE_ALL = "500";

  private final StackHome home;
  private final DeploymentKeys keys;
  private final PostgresAccess postgres;
  private final Map<Part, URI> urls;

  ServiceSettings(
      StackHome home, DeploymentKeys keys, PostgresAccess postgres, Map<Part, URI> urls) {
    this.home = home;
    this.keys = keys;
    this.postgres = postgres;
    this.urls = Map.copyOf(urls);
  }

  /**
   * The settings of one process of a service, as the text of a properties file.
   *
   * @param process its name: the service's, or that of a replica
   * @param extra wins over everything else
   */
  String of(Part service, String process, int port, Map<String, String> extra) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("config_ordinal", ABOVE_ALL);
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", Integer.toString(port));
    // There is no collector beside a local stack.
    settings.put("quarkus.otel.sdk.disabled", "true");
    settings.put("meshguard.identity.key-file", keys.identityKey(service.label()).toString());
    settings.put("meshguard.identity.trusted-keys", keys.trustedServices().toString());
    settings.put("meshguard.egress.allow-private", "true");
    settings.put("meshguard.signup.open", "true");
    // A service is told of those that it calls, and of no other.
    if (service != Part.TENANT) {
      settings.put("meshguard.services.tenant-url", url(Part.TENANT));
    }
    ServiceDatabase database = database(service);
    settings.putAll(database.datasources(postgres, database.databaseName()));
    if (service != Part.AUDIT) {
      settings.put("meshguard.secrets.key-file", keys.secretsKey().toString());
    }
    if (service == Part.TENANT) {
      settings.put("meshguard.tokens.key-directory", keys.tokenKeys().toString());
    }
    if (service != Part.AUDIT) {
      settings.put("meshguard.services.audit-url", url(Part.AUDIT));
    }
    if (service == Part.AUDIT) {
      settings.put("meshguard.log.master-directory", keys.logMasters().toString());
      // Not in the database, and shared by all processes of the service.
      settings.put(
          "meshguard.log.guard-directory",
          home.data(Part.AUDIT.label()).resolve("guard").toString());
    }
    if (service == Part.DECISION) {
      settings.put("meshguard.replica", process);
      settings.put("meshguard.journal.directory", home.data(process).resolve("journal").toString());
      settings.put("meshguard.bundle.directory", home.data(process).resolve("bundles").toString());
    }
    settings.putAll(extra);
    return text(settings);
  }

  static ServiceDatabase database(Part service) {
    return ServiceDatabase.of(service.label().replace("-service", ""));
  }

  private String url(Part service) {
    URI url = urls.get(service);
    if (url == null) {
      throw new IllegalStateException(service.label() + " has no address yet");
    }
    return url.toString();
  }

  private static String text(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (key, value) ->
            text.append(key)
                .append('=')
                .append(value.replace("\\", "\\\\").replace("$", "\\\\$"))
                .append('\n'));
    return text.toString();
  }
}
