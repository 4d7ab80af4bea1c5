package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.identity.PemKeys;
import app.meshguard.identity.SecretsKey;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.identity.TrustedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentKeysTest {
  @TempDir Path directory;

  @Test
  void letsEachServiceProveWhoItIs() {
    DeploymentKeys keys = DeploymentKeys.in(directory);
    Clock clock = Clock.systemUTC();
    TrustedServices audit = TrustedServices.load("audit-service", keys.trustedServices(), clock);

    for (String service : DeploymentKeys.SERVICES) {
      ServiceIdentity identity = ServiceIdentity.load(service, keys.identityKey(service), clock);
      assertEquals(Optional.of(service), audit.caller(identity.bearerFor("audit-service")));
    }
  }

  @Test
  void makesKeysThatWork() throws IOException {
    DeploymentKeys keys = DeploymentKeys.in(directory);

    SecretsKey secrets = SecretsKey.load(keys.secretsKey());
    assertEquals("secret", secrets.open(secrets.seal("secret", "a purpose"), "a purpose"));
    assertEquals(
        32,
        Base64.getDecoder()
            .decode(Files.readString(keys.logMasters().resolve("1.key")).strip())
            .length);
    try (Stream<Path> tokens = Files.list(keys.tokenKeys())) {
      assertEquals(
          "RSA", PemKeys.readPrivate(tokens.findFirst().orElseThrow(), "RSA").getAlgorithm());
    }
  }

  @Test
  void keepsWhatIsThere() throws IOException {
    DeploymentKeys.in(directory);
    Map<Path, String> before = contents();

    DeploymentKeys.in(directory);

    assertEquals(before, contents());
  }

  @Test
  void letsOnlyTheOwnerRead() throws IOException {
    DeploymentKeys.in(directory);

    for (Path file : files()) {
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      assertEquals("rw-------", permissions, file.toString());
    }
    assertTrue(files().size() >= 9);
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    for (Path file : files()) {
      contents.put(file, Files.readString(file));
    }
    return contents;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }
}
