package app.meshguard.bench.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The enterprise claims policy of the examples. */
public final class ClaimsPolicy {
  private ClaimsPolicy() {}

  public static String text() {
    try (InputStream in =
        ClaimsPolicy.class.getResourceAsStream("/examples/enterprise-claims.yaml")) {
      if (in == null) {
        throw new IllegalStateException("The benchmarks lack the enterprise claims policy.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
