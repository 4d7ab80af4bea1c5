package app.meshguard.bench.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policies of the examples, of which the enterprise claims policy is measured most. */
public final class ClaimsPolicy {
  private ClaimsPolicy() {}

  public static String text() {
    return text("enterprise-claims");
  }

  /** The example of that name. */
  public static String text(String name) {
    try (InputStream in = ClaimsPolicy.class.getResourceAsStream("/examples/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("The benchmarks lack the example " + name + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
