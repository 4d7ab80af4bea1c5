package app.meshguard.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The databases, one per service, and the roles that may log in to each. The owner migrates; what
 * the others may do is granted by the service's own migrations.
 */
public enum ServiceDatabase {
  TENANT("tenant", List.of("feed", "ship")),
  DECISION("decision", List.of()),
  AUDIT("audit", List.of("ingest", "feed", "project", "sign", "retention"));

  private final String service;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
  private final List<String> namedSources;

  ServiceDatabase(String service, List<String> namedSources) {
    this.service = service;
    this.namedSources = List.copyOf(namedSources);
  }

  /** The database of the service called {@code tenant}, {@code decision} or {@code audit}. */
  public static ServiceDatabase of(String service) {
    for (ServiceDatabase database : values()) {
      if (database.service.equals(service)) {
        return database;
      }
    }
    throw new IllegalArgumentException(
        "no database for '" + service + "': use tenant, decision or audit");
  }

  public String service() {
    return service;
  }

  public String databaseName() {
    return "meshguard_" + service;
  }

  /** The role that owns the database and runs its migrations. */
  public String owner() {
    return service + "_migrate";
  }

  /** The role of the service's default datasource. */
  public String appRole() {
    return service + "_app";
  }

  /** The roles that own nothing. */
  public List<String> users() {
    List<String> roles = new ArrayList<>();
    roles.add(appRole());
    namedSources.forEach(source -> roles.add(service + "_" + source));
    return roles;
  }

  /**
   * The settings of the service's datasources, passwords included.
   *
   * @param name the database's name on that server: in tests it is not {@link #databaseName()}
   */
  public Map<String, String> datasources(PostgresAccess access, String name) {
    Map<String, String> settings = new TreeMap<>();
    source(settings, "quarkus.datasource.", access, name, appRole());
    for (String source : namedSources) {
      String prefix = "quarkus.datasource.\"" + source + "\".";
      source(settings, prefix, access, name, service + "_" + source);
    }
    return settings;
  }

  private static void source(
      Map<String, String> to, String prefix, PostgresAccess access, String name, String role) {
    to.put(prefix + "reactive.url", access.reactiveUrl(name));
    to.put(prefix + "username", role);
    to.put(prefix + "password", access.password(role));
  }
}
