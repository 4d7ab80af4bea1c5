package app.meshguard.audit;

import app.meshguard.audit.seal.DamagedPayload;
import app.meshguard.audit.seal.Payloads;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.testsupport.TestPostgres;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is in the tables, past row-level security: as the feed role for entries, else as owner. */
@Dependent
public class OwnerView {
  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  @ConfigProperty(name = "meshguard.test.database.owner")
  String owner;

  @ConfigProperty(name = "meshguard.test.database.owner-password")
  String password;

  @ConfigProperty(name = "quarkus.datasource.\"feed\".username")
  String feed;

  @ConfigProperty(name = "quarkus.datasource.\"feed\".password")
  String feedPassword;

  @Inject Payloads payloads;

  /** Reads rows. */
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public List<String> records(TenantId tenant) {
    return entries(
        "SELECT seed, payload, leaf" + of(tenant),
        row -> {
          try {
            return new String(
                payloads.open(tenant, row.getBytes(1), row.getBytes(2), row.getBytes(3)),
                StandardCharsets.UTF_8);
          } catch (DamagedPayload e) {
            throw new IllegalStateException(e);
          }
        });
  }

  public List<Long> indexes(TenantId tenant) {
    return entries("SELECT idx" + of(tenant), row -> row.getLong(1));
  }

  public long count(TenantId tenant) {
    return entries(
            "SELECT count(*) FROM log_entry WHERE tenant_id = '" + tenant + "'",
            row -> row.getLong(1))
        .getFirst();
  }

  public Set<String> decisionIds(List<TenantId> tenants) {
    Set<String> ids = new HashSet<>();
    tenants.forEach(
        t ->
            ids.addAll(
                entries(
                    "SELECT convert_from(leaf, 'UTF8')::json ->> 'decisionId'" + of(t),
                    row -> row.getString(1))));
    return ids;
  }

  public List<Long> batches() {
    return asOwner("SELECT batch FROM batch ORDER BY batch", row -> row.getLong(1));
  }

  public List<String> quarantine(UUID journal) {
    return asOwner(
        "SELECT position, error, record FROM quarantine WHERE journal = '"
            + journal
            + "' ORDER BY position",
        row ->
            row.getLong(1)
                + " "
                + row.getString(2)
                + " "
                + new String(row.getBytes(3), StandardCharsets.UTF_8));
  }

  public <T> List<T> asOwner(String sql, Reader<T> reader) {
    return query(sql, reader, owner, password);
  }

  /** Opens a connection with the owner's credentials. */
  public Connection ownerConnection() throws SQLException {
    return DriverManager.getConnection(url, owner, password);
  }

  public <T> List<T> entries(String sql, Reader<T> reader) {
    return query(sql, reader, feed, feedPassword);
  }

  /** Changes what nobody may change, as who owns the server could. */
  public void asSuperuser(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                url,
                PostgresAccess.SUPERUSER,
                TestPostgres.access().password(PostgresAccess.SUPERUSER));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row of what nobody else may read. */
  public String asSuperuserText(String sql) {
    return query(
            sql,
            row -> row.getString(1),
            PostgresAccess.SUPERUSER,
            TestPostgres.access().password(PostgresAccess.SUPERUSER))
        .getFirst();
  }

  private static String of(TenantId tenant) {
    return " FROM log_entry WHERE tenant_id = '" + tenant + "' ORDER BY idx";
  }

  private <T> List<T> query(String sql, Reader<T> reader, String role, String word) {
    try (Connection connection = DriverManager.getConnection(url, role, word);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reader.read(rows));
      }
      return read;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
