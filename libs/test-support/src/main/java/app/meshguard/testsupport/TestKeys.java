package app.meshguard.testsupport;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.identity.TrustedServices;
import app.meshguard.processes.DeploymentKeys;
import app.meshguard.processes.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** One deployment's keys for all tests of this JVM, so that a test can act as any service. */
public final class TestKeys {
  private static @Nullable DeploymentKeys keys;

  private TestKeys() {}

  /** The directory of keys that services under test are told to use. */
  public static synchronized DeploymentKeys deployment() {
    if (keys == null) {
      // Quarkus loads this class once per class loader: what all must agree on is kept where the
      // JVM has it once.
      String known = System.getProperty("meshguard.test.keys");
      Path directory = known == null ? temporary() : Path.of(known);
      System.setProperty("meshguard.test.keys", directory.toString());
      keys = DeploymentKeys.in(directory);
    }
    return keys;
  }

  /**
   * Acts as a service: issues its tokens, signs as it does.
   *
   * @param service {@code tenant-service}, {@code decision-service} or {@code audit-service}
   */
  public static ServiceIdentity identity(String service) {
    return ServiceIdentity.load(service, deployment().identityKey(service), Clock.systemUTC());
  }

  /** The Authorization header of a call from one service to another. */
  public static String bearer(String from, String to) {
    return identity(from).bearerFor(to);
  }

  /** What a service verifies its callers with. */
  public static TrustedServices trustedBy(String service) {
    return TrustedServices.load(service, deployment().trustedServices(), Clock.systemUTC());
  }

  private static Path temporary() {
    try {
      Path directory = Files.createTempDirectory("meshguard-keys-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> PrivateFiles.deleteTree(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for test keys", e);
    }
  }
}
