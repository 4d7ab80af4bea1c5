package app.meshguard.identity;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * This service's own name and Ed25519 key. Issues the short-lived tokens that it calls other
 * services with, and signs what others must be able to trust at rest.
 */
public final class ServiceIdentity {
  private static final int LIFETIME_SECONDS = 60;

  private final String name;
  private final PrivateKey key;
  private final Clock clock;
  private final ConcurrentMap<String, Issued> issued = new ConcurrentHashMap<>();

  private record Issued(String token, Instant renewAt) {}

  public ServiceIdentity(String name, PrivateKey key, Clock clock) {
    this.name = name;
    this.key = key;
    this.clock = clock;
  }

  /** Reads the key of the service called {@code name} from a PKCS#8 PEM file. */
  public static ServiceIdentity load(String name, Path keyFile, Clock clock) {
    return new ServiceIdentity(name, PemKeys.readPrivate(keyFile, "Ed25519"), clock);
  }

  public String name() {
    return name;
  }

  /** The value of the Authorization header for a call to {@code audience}; renewed as it ages. */
  public String bearerFor(String audience) {
    Instant now = clock.instant();
    Issued known = issued.get(audience);
    if (known == null || !now.isBefore(known.renewAt())) {
      known = new Issued(issue(audience, now), now.plusSeconds(LIFETIME_SECONDS / 2));
      issued.put(audience, known);
    }
    return "Bearer " + known.token();
  }

  private String issue(String audience, Instant now) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(name);
    claims.setAudience(audience);
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + LIFETIME_SECONDS));
    claims.setGeneratedJwtId();
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setHeader("typ", "meshguard-service+jwt");
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign a service token", e);
    }
  }

  /** Base64url signature, without padding, over exactly these bytes. */
  public String sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }
}
