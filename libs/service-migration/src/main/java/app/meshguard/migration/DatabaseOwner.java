package app.meshguard.migration;

import java.util.Locale;

/**
 * How to log in as the owner of a service's database, which the running service never can.
 *
 * @param url {@code jdbc:postgresql://…}
 */
public record DatabaseOwner(String url, String username, String password) {

  /**
   * From the system properties {@code meshguard.migrate.url}, {@code .username} and {@code
   * .password}, or the environment ({@code MESHGUARD_MIGRATE_URL} and so on).
   *
   * @throws IllegalStateException when the url or the username is not set
   */
  public static DatabaseOwner fromSettings() {
    DatabaseOwner owner =
        new DatabaseOwner(setting("url"), setting("username"), setting("password"));
    if (owner.url().isEmpty() || owner.username().isEmpty()) {
      throw new IllegalStateException(
          "set meshguard.migrate.url (jdbc:postgresql://…), meshguard.migrate.username and"
              + " meshguard.migrate.password, or MESHGUARD_MIGRATE_URL and so on");
    }
    return owner;
  }

  private static String setting(String name) {
    String property = "meshguard.migrate." + name;
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'));
    }
    return value == null ? "" : value;
  }

  @Override
  public String toString() {
    return username + " of " + url;
  }
}
