package app.meshguard.testsupport;

import app.meshguard.processes.DatabaseSetup;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A service's database for one test, migrated as that service's owner role would. */
public final class TestDatabase implements AutoCloseable {
  private final PostgresAccess access;
  private final ServiceDatabase database;
  private final String name;

  private TestDatabase(PostgresAccess access, ServiceDatabase database, String name) {
    this.access = access;
    this.database = database;
    this.name = name;
  }

  /**
   * Makes one and runs the migrations found on {@code classpath:db/migration}.
   *
   * @param service {@code tenant}, {@code decision} or {@code audit}
   */
  public static TestDatabase create(String service) {
    ServiceDatabase database = ServiceDatabase.of(service);
    PostgresAccess access = TestPostgres.access();
    String suffix = UUID.randomUUID().toString().substring(0, 8);
    String name = database.databaseName() + "_" + suffix;
    new DatabaseSetup(access).makeDatabase(database, name);
    TestDatabase made = new TestDatabase(access, database, name);
    made.migrate();
    return made;
  }

  /** The database's name on the server. */
  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return access.jdbcUrl(name);
  }

  /** The role that owns the tables. */
  public String owner() {
    return database.owner();
  }

  /** The password of one of the service's roles, e.g. {@code audit_ingest}. */
  public String password(String role) {
    return access.password(role);
  }

  /** The datasource settings of the service for this database. */
  public Map<String, String> settings() {
    return database.datasources(access, name);
  }

  /** Drops the database, with whoever is connected to it. */
  @Override
  public void close() {
    new DatabaseSetup(access).dropDatabase(name);
  }

  private void migrate() {
    Flyway.configure(Thread.currentThread().getContextClassLoader())
        .dataSource(jdbcUrl(), owner(), password(owner()))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
