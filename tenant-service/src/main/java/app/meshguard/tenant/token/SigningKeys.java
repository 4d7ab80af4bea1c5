package app.meshguard.tenant.token;

import app.meshguard.identity.PemKeys;
import app.meshguard.wire.ApiKey;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;

/**
 * The keys of the key directory, read anew every second, so that a key is rotated by adding a file
 * and, when the last token that it signed has expired, removing the old one.
 */
@Startup
@Singleton
public class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final Pattern FILE = Pattern.compile("([0-9A-Za-z._-]{1,64})\\.pem");

  /** A key is published this long before it signs, so that every replica has heard of it. */
  private static final Duration PUBLISHED_FIRST = Duration.ofSeconds(3);

  private final Path directory;
  private final Clock clock;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("signing-keys").factory());
  private volatile Published published;
  private String lastFault = "";

  /** One signing key. */
  record SigningKey(String kid, PrivateKey key, RSAPublicKey publicKey, Instant since) {}

  private record Published(TreeMap<String, SigningKey> keys, String jwks, String version) {}

  @Inject
  SigningKeys(TokenConfig config, Clock clock) {
    this(config.keyDirectory(), clock);
    reader.scheduleWithFixedDelay(this::reread, 1, 1, TimeUnit.SECONDS);
  }

  SigningKeys(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
    this.published = publish(read(new TreeMap<>(), Instant.EPOCH));
  }

  @PreDestroy
  void stop() {
    reader.shutdownNow();
  }

  /** Reads the directory again; one that is not readable, or empty, changes nothing. */
  void reread() {
    try {
      TreeMap<String, SigningKey> keys = read(published.keys(), clock.instant());
      if (!keys.keySet().equals(published.keys().keySet())) {
        published = publish(keys);
        LOG.infof("token signing keys are now %s", keys.keySet());
      }
      lastFault = "";
    } catch (IllegalStateException e) {
      String fault = String.valueOf(e.getMessage());
      if (!fault.equals(lastFault)) {
        LOG.errorf("the token signing keys stay as they are: %s", fault);
      }
      lastFault = fault;
    }
  }

  private TreeMap<String, SigningKey> read(Map<String, SigningKey> before, Instant now) {
    TreeMap<String, SigningKey> keys = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          String kid = name.group(1);
          SigningKey known = before.get(kid);
          keys.put(kid, known != null ? known : load(kid, file, now));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the key directory " + directory, e);
    }
    if (keys.isEmpty()) {
      throw new IllegalStateException("no RSA private key (<kid>.pem) in " + directory);
    }
    return keys;
  }

  private static SigningKey load(String kid, Path file, Instant now) {
    PrivateKey key = PemKeys.readPrivate(file, "RSA");
    if (!(key instanceof RSAPrivateCrtKey rsa) || rsa.getModulus().bitLength() < 2048) {
      throw new IllegalStateException("not an RSA key of at least 2048 bits: " + file);
    }
    try {
      RSAPublicKey publicKey =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA")
                  .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      return new SigningKey(kid, key, publicKey, now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("not a usable RSA key: " + file, e);
    }
  }

  private static Published publish(TreeMap<String, SigningKey> keys) {
    JsonWebKeySet set = new JsonWebKeySet();
    for (SigningKey key : keys.values()) {
      RsaJsonWebKey jwk = new RsaJsonWebKey(key.publicKey());
      jwk.setKeyId(key.kid());
      jwk.setAlgorithm("RS256");
      jwk.setUse("sig");
      set.addJsonWebKey(jwk);
    }
    String jwks = set.toJson(OutputControlLevel.PUBLIC_ONLY);
    return new Published(keys, jwks, ApiKey.sha256(jwks).substring(0, 16));
  }

  /** The greatest kid that has been published long enough, else the one that is longest there. */
  SigningKey current() {
    Instant latest = clock.instant().minus(PUBLISHED_FIRST);
    TreeMap<String, SigningKey> keys = published.keys();
    for (SigningKey key : keys.descendingMap().values()) {
      if (!key.since().isAfter(latest)) {
        return key;
      }
    }
    return keys.values().stream()
        .min(java.util.Comparator.comparing(SigningKey::since))
        .orElseThrow();
  }

  /** The published key set. */
  public String jwks() {
    return published.jwks();
  }

  /** Changes when the published set does. */
  public String version() {
    return published.version();
  }
}
