package app.meshguard.tenant.starter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Policies to begin with. Each is kept once, as a resource of this service, with the file of tests
 * that shows what it does; the documentation is made from the same files. They are listed by name:
 * a native image cannot scan folders.
 */
public final class Starters {
  /** The ids that a sign-up may name. */
  public static final List<String> IDS =
      List.of(
          "personal-assistant",
          "support-bot",
          "coding-agent",
          "data-analyst",
          "claims",
          "read-only",
          "incident-response");

  private Starters() {}

  /** The YAML of a starter: one or more documents. */
  public static String text(String id) {
    return resource(id + ".yaml");
  }

  /** The file of tests of a starter. */
  static String tests(String id) {
    return resource(id + ".test.yaml");
  }

  private static String resource(String name) {
    try (InputStream in = Starters.class.getResourceAsStream("/starters/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the starter " + name + " is not in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the starter " + name, e);
    }
  }
}
