package app.meshguard.tenant;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Connections to the service's database, as each of its roles. */
public final class TestDatabaseAccess {
  private TestDatabaseAccess() {}

  private static String setting(String name) {
    Config config = ConfigProvider.getConfig();
    return config.getValue(name, String.class);
  }

  public static Connection asOwner() throws SQLException {
    return connect(
        setting("meshguard.test.database.owner"),
        setting("meshguard.test.database.owner-password"));
  }

  public static Connection asApp() throws SQLException {
    return connect(setting("quarkus.datasource.username"), setting("quarkus.datasource.password"));
  }

  public static Connection asFeed() throws SQLException {
    return connect(
        setting("quarkus.datasource.\"feed\".username"),
        setting("quarkus.datasource.\"feed\".password"));
  }

  public static Connection asShipper() throws SQLException {
    return connect(
        setting("quarkus.datasource.\"ship\".username"),
        setting("quarkus.datasource.\"ship\".password"));
  }

  private static Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(setting("meshguard.test.database.url"), user, password);
  }
}
