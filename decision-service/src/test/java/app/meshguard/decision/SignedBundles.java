package app.meshguard.decision;

import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.RevocationsSection;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes bundles to disk as the service keeps them, signed with the tenant-service's key. */
public final class SignedBundles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;

  /** The three sections of a tenant. */
  public record Bundle(
      PoliciesSection policies, DirectorySection directory, RevocationsSection revocations) {}

  public SignedBundles(Path directory) {
    this.directory = directory;
  }

  public void write(Bundle bundle) {
    try {
      Path folder = directory.resolve(bundle.policies().tenantId().value());
      Files.createDirectories(folder);
      Files.write(folder.resolve("policies"), signed(bundle.policies()));
      Files.write(folder.resolve("directory"), signed(bundle.directory()));
      Files.write(folder.resolve("revocations"), signed(bundle.revocations()));
      Files.writeString(directory.resolve("jwks.json"), ExampleTenant.jwks());
      Files.writeString(directory.resolve("heard-at"), Long.toString(System.currentTimeMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] signed(Object section) throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(section);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        (TestKeys.identity("tenant-service").sign(body) + "\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
