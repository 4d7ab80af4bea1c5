package app.meshguard.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * The public keys of the services that may call this one, from a directory of {@code <service>.pem}
 * and, while a key is rotated, {@code <service>.<anything>.pem}.
 */
public final class TrustedServices {
  private final String audience;
  private final Map<String, List<PublicKey>> keys;
  private final Clock clock;
  private final VerifiedCallers verified = new VerifiedCallers();

  public TrustedServices(String audience, Map<String, List<PublicKey>> keys, Clock clock) {
    this.audience = audience;
    this.keys = Map.copyOf(keys);
    this.clock = clock;
  }

  /**
   * Reads the directory.
   *
   * @param audience the name of this service: tokens for another are refused
   */
  public static TrustedServices load(String audience, Path directory, Clock clock) {
    Map<String, List<PublicKey>> keys = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pem")).sorted().toList()) {
        String fileName = file.getFileName().toString();
        String service = fileName.substring(0, fileName.indexOf('.'));
        keys.computeIfAbsent(service, s -> new ArrayList<>())
            .add(PemKeys.readPublic(file, "Ed25519"));
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot read the keys of trusted services in " + directory, e);
    }
    return new TrustedServices(audience, keys, clock);
  }

  /**
   * The name of the service that calls, or empty when the token is not one of a trusted service for
   * this one.
   *
   * @param bearer the value of the Authorization header
   */
  public Optional<String> caller(String bearer) {
    if (!bearer.startsWith("Bearer ") || bearer.length() > 2048) {
      return Optional.empty();
    }
    String token = bearer.substring("Bearer ".length());
    Optional<String> known = verified.callerOf(token, clock.instant());
    return known.isPresent() ? known : verifiedCaller(token);
  }

  private Optional<String> verifiedCaller(String token) {
    for (Map.Entry<String, List<PublicKey>> service : keys.entrySet()) {
      for (PublicKey key : service.getValue()) {
        Optional<Instant> until = goodUntil(service.getKey(), key, token);
        if (until.isPresent()) {
          verified.remember(token, service.getKey(), until.get());
          return Optional.of(service.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** When the token expires; empty when it is not one of the service for this one. */
  private Optional<Instant> goodUntil(String service, PublicKey key, String token) {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setExpectedIssuer(service)
            .setExpectedAudience(audience)
            .setExpectedType(true, "meshguard-service+jwt")
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setRequireJwtId()
            .setMaxFutureValidityInMinutes(2)
            .setAllowedClockSkewInSeconds(5)
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA)
            .build();
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return service.equals(claims.getIssuer())
          ? Optional.of(Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()))
          : Optional.empty();
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code signature} (base64url) over exactly these bytes is {@code service}'s. */
  public boolean signed(String service, byte[] bytes, String signature) {
    byte[] raw;
    try {
      raw = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    for (PublicKey key : keys.getOrDefault(service, List.of())) {
      try {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(bytes);
        if (verifier.verify(raw)) {
          return true;
        }
      } catch (GeneralSecurityException e) {
        // A signature of the wrong length is a wrong signature: the next key is tried.
      }
    }
    return false;
  }
}
