package app.meshguard.processes;

import app.meshguard.identity.PemKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of one deployment, in a directory: an identity per service and the public halves that
 * all trust, the key that signs agents' tokens, the key that seals secrets, the audit log's master.
 * Made once; what is there is kept.
 */
public final class DeploymentKeys {
  public static final List<String> SERVICES =
      List.of("tenant-service", "decision-service", "audit-service");

  private final Path directory;

  private DeploymentKeys(Path directory) {
    this.directory = directory;
  }

  /** The keys in {@code directory}; makes those that are missing. */
  public static DeploymentKeys in(Path directory) {
    DeploymentKeys keys = new DeploymentKeys(directory);
    for (String service : SERVICES) {
      keys.makeIdentity(service);
    }
    keys.makeTokenKey();
    makeKey(keys.secretsKey());
    keys.makeLogMaster();
    return keys;
  }

  /** The private key of a service: Ed25519, PKCS#8 PEM. */
  public Path identityKey(String service) {
    return directory.resolve("identity").resolve(service + ".pem");
  }

  /** The directory with the public keys of all services. */
  public Path trustedServices() {
    return directory.resolve("trusted");
  }

  /** The directory with the RSA keys that sign agents' tokens, one {@code <kid>.pem} each. */
  public Path tokenKeys() {
    return directory.resolve("tokens");
  }

  /** The key that seals secrets: 32 bytes in base64. */
  public Path secretsKey() {
    return directory.resolve("secrets.key");
  }

  /** The directory with the audit log's master keys, {@code <n>.key}: the greatest seals. */
  public Path logMasters() {
    return directory.resolve("log");
  }

  private void makeIdentity(String service) {
    Path trusted = trustedServices().resolve(service + ".pem");
    if (Files.exists(identityKey(service)) && Files.exists(trusted)) {
      return;
    }
    KeyPair pair = generate("Ed25519", 0);
    PrivateFiles.write(trusted, PemKeys.text(pair.getPublic()));
    PrivateFiles.write(identityKey(service), PemKeys.text(pair.getPrivate()));
  }

  private void makeTokenKey() {
    PrivateFiles.directory(tokenKeys());
    try (Stream<Path> there = Files.list(tokenKeys())) {
      if (there.anyMatch(file -> file.toString().endsWith(".pem"))) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + tokenKeys(), e);
    }
    // Key ids sort by age: the greatest signs, so a rotation adds 0002-….
    byte[] id = new byte[4];
    new SecureRandom().nextBytes(id);
    String kid = "0001-" + java.util.HexFormat.of().formatHex(id);
    PrivateFiles.write(
        tokenKeys().resolve(kid + ".pem"), PemKeys.text(generate("RSA", 2048).getPrivate()));
  }

  private void makeLogMaster() {
    PrivateFiles.directory(logMasters());
    makeKey(logMasters().resolve("1.key"));
  }

  private static void makeKey(Path file) {
    if (Files.exists(file)) {
      return;
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    PrivateFiles.write(file, Base64.getEncoder().encodeToString(key) + "\n");
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot make keys of type " + algorithm, e);
    }
  }
}
