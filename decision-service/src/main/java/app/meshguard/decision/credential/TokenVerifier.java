package app.meshguard.decision.credential;

import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies agent tokens: RS256 with one of our own keys, and nothing that the token itself says is
 * believed before. Whether it has expired is for the caller: an expired token of ours still tells
 * whose refusal it is.
 */
@Singleton
class TokenVerifier {
  private static final int MAX_LENGTH = 8192;
  private static final String ISSUER = "meshguard";
  private static final AlgorithmConstraints RS256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256);

  private final TokenKeys keys;
  private final ThreadLocal<MessageDigest> sha256 =
      ThreadLocal.withInitial(TokenVerifier::newSha256);

  TokenVerifier(TokenKeys keys) {
    this.keys = keys;
  }

  /** What the token says, or null when it is not one of ours. */
  @Nullable VerifiedToken verify(String token) {
    if (token.length() > MAX_LENGTH) {
      return null;
    }
    String hash = hash(token);
    VerifiedToken known = keys.verified().find(hash);
    if (known != null) {
      return known;
    }
    VerifiedToken verified = read(token);
    if (verified != null) {
      keys.verified().put(hash, verified);
    }
    return verified;
  }

  private @Nullable VerifiedToken read(String token) {
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(RS256_ONLY);
      jws.setCompactSerialization(token);
      String kid = jws.getKeyIdHeaderValue();
      Key key = kid == null ? null : keys.find(kid);
      if (key == null) {
        return null;
      }
      jws.setKey(key);
      return jws.verifySignature() ? claims(JwtClaims.parse(jws.getPayload())) : null;
    } catch (JoseException | InvalidJwtException | MalformedClaimException e) {
      return null;
    } catch (RuntimeException e) {
      // The token is the caller's text: whatever breaks on it is no failure of ours.
      return null;
    }
  }

  private static @Nullable VerifiedToken claims(JwtClaims claims) throws MalformedClaimException {
    NumericDate issuedAt = claims.getIssuedAt();
    NumericDate expiresAt = claims.getExpirationTime();
    String subject = claims.getSubject();
    String jti = claims.getJwtId();
    String tenant = claims.getStringClaimValue("orgId");
    boolean complete =
        issuedAt != null && expiresAt != null && subject != null && jti != null && tenant != null;
    if (!complete || !ISSUER.equals(claims.getIssuer()) || !claims.getAudience().contains(ISSUER)) {
      return null;
    }
    return new VerifiedToken(
        new TenantId(tenant),
        subject,
        jti,
        issuedAt.getValueInMillis(),
        expiresAt.getValueInMillis());
  }

  private String hash(String token) {
    byte[] digest = sha256.get().digest(token.getBytes(StandardCharsets.UTF_8));
    return new String(digest, StandardCharsets.ISO_8859_1);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
