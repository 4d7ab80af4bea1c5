package app.meshguard.processes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where a PostgreSQL is and how to log in to it. Kept in a properties file that only its owner can
 * read: {@code host}, {@code port}, {@code password.<role>}.
 */
public record PostgresAccess(String host, int port, Map<String, String> passwords) {
  /** The role that owns the server. */
  public static final String SUPERUSER = "postgres";

  public PostgresAccess {
    passwords = Map.copyOf(passwords);
  }

  /** Access to a server yet to be made, with fresh passwords for all roles. */
  static PostgresAccess generate(int port) {
    return new PostgresAccess("127.0.0.1", port, Map.of(SUPERUSER, password())).withAllRoles();
  }

  /** The same with a fresh password for each role that is younger than the server. */
  PostgresAccess withAllRoles() {
    Map<String, String> all = new TreeMap<>(passwords);
    for (ServiceDatabase database : ServiceDatabase.values()) {
      all.computeIfAbsent(database.owner(), role -> password());
      database.users().forEach(role -> all.computeIfAbsent(role, missing -> password()));
    }
    return new PostgresAccess(host, port, all);
  }

  /** Reads what {@link #write} wrote. */
  public static PostgresAccess read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Map<String, String> passwords = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("password.")) {
        passwords.put(name.substring("password.".length()), properties.getProperty(name));
      }
    }
    String port = properties.getProperty("port");
    String host = properties.getProperty("host");
    if (host == null || port == null) {
      throw new IllegalStateException(file + " names no host and port");
    }
    return new PostgresAccess(host, Integer.parseInt(port), passwords);
  }

  public void write(Path file) {
    StringBuilder text = new StringBuilder();
    text.append("host=").append(host).append("\nport=").append(port).append('\n');
    new TreeMap<>(passwords)
        .forEach((role, word) -> text.append("password.%s=%s%n".formatted(role, word)));
    PrivateFiles.write(file, text.toString());
  }

  public String password(String role) {
    String password = passwords.get(role);
    if (password == null) {
      throw new IllegalArgumentException("no role '" + role + "' on this PostgreSQL");
    }
    return password;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  public String reactiveUrl(String database) {
    return "postgresql://" + host + ":" + port + "/" + database;
  }

  /** The same server by another port, as through a proxy. */
  public PostgresAccess at(int otherPort) {
    return new PostgresAccess(host, otherPort, passwords);
  }

  @Override
  public String toString() {
    return "PostgreSQL on " + host + ":" + port;
  }

  private static String password() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
