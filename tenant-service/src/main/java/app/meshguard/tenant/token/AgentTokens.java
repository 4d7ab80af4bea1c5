package app.meshguard.tenant.token;

import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Issues the tokens that agents call the gateway with. */
@Singleton
public class AgentTokens {
  private final SigningKeys keys;
  private final TokenConfig config;
  private final Clock clock;

  AgentTokens(SigningKeys keys, TokenConfig config, Clock clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /** Whom a token is for. */
  public record Subject(
      TenantId tenant, String agentId, String name, String trustTier, List<String> tags) {}

  /** A token, shown once. */
  public record Issued(String token, String jti, Instant expiresAt) {
    /** Without the token, so that it cannot leak into a log line. */
    @Override
    public String toString() {
      return "Issued[" + jti + "]";
    }
  }

  public Duration lifetime() {
    return config.lifetime();
  }

  public Duration longestLifetime() {
    return config.longestLifetime();
  }

  /**
   * Issues a token.
   *
   * @param notBefore tokens of this agent from before this moment are refused, so this one must not
   *     be: its time of issue is in whole seconds and may lie ahead by less than one
   * @param notAfter the agent's own end, which no token outlives
   */
  public Issued issue(
      Subject subject, Duration lifetime, Instant notBefore, @Nullable Instant notAfter) {
    long issuedAt =
        Math.max(clock.instant().getEpochSecond(), Math.ceilDiv(notBefore.toEpochMilli(), 1000L));
    long expiresAt = issuedAt + lifetime.toSeconds();
    if (notAfter != null) {
      expiresAt = Math.min(expiresAt, notAfter.getEpochSecond());
    }
    String jti = UUID.randomUUID().toString();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("meshguard");
    claims.setAudience("meshguard");
    claims.setSubject(subject.agentId());
    claims.setStringClaim("name", subject.name());
    claims.setStringClaim("tier", subject.trustTier());
    claims.setStringListClaim("tags", subject.tags());
    claims.setStringClaim("orgId", subject.tenant().value());
    claims.setIssuedAt(NumericDate.fromSeconds(issuedAt));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt));
    claims.setJwtId(jti);
    SigningKeys.SigningKey key = keys.current();
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setHeader("typ", "JWT");
    jws.setKeyIdHeaderValue(key.kid());
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    jws.setKey(key.key());
    try {
      return new Issued(jws.getCompactSerialization(), jti, Instant.ofEpochSecond(expiresAt));
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign an agent token", e);
    }
  }
}
