package app.meshguard.decision;

import app.meshguard.identity.PemKeys;
import app.meshguard.identity.SecretsKey;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import app.meshguard.wire.bundle.DirectorySection.KeyEntry;
import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import app.meshguard.wire.bundle.Revocation;
import app.meshguard.wire.bundle.RevocationsSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** A tenant with the insurer's policy, a few agents and their credentials. */
public final class ExampleTenant {
  public static final TenantId ID = new TenantId("org_0123456789abcdef");

  /** The same, of a tenant that is only audited. */
  public static final TenantId AUDITED = new TenantId("org_abcdefghijklmnop");

  public static final String CLAIMS = "agent_claims0000000001";
  public static final String READER = "agent_reader0000000001";
  public static final String REVOKED = "agent_revoked000000001";
  public static final String SUSPENDED = "agent_suspend000000001";
  public static final ApiKey KEY = ApiKey.generate(ApiKey.Kind.AGENT_KEY, ID);
  public static final ApiKey EXPIRED_KEY = ApiKey.generate(ApiKey.Kind.AGENT_KEY, ID);
  public static final ApiKey REVOKED_KEY = ApiKey.generate(ApiKey.Kind.AGENT_KEY, ID);
  public static final String REVOKED_JTI = "revoked-token";

  private static final String POLICY =
      """
      name: enterprise-claims-policy
      version: 1
      agent_match:
        tags: ["claims-processing"]
      rules:
        - action: "read:claims"
          effect: allow
          conditions:
            - "request.department == agent.department"
        - action: "write:claim_approval"
          effect: allow
          conditions:
            - "request.amount <= 1000"
            - "request.risk_score < 0.5"
        - action: "write:claim_approval"
          effect: deny
          conditions:
            - "request.amount > 1000"
          reason: "Claims above $1K require supervisor review"
        - action: "write:letter"
          effect: require_approval
          reason: "A person signs letters"
          obligations: {approvers: ["ann@example.com"], expires_in: 2h}
        - action: "write:email"
          effect: allow
          conditions:
            - "rate_limit(3, '1h')"
        - action: "*:api/claims"
          effect: allow
        - action: "*:api/broken"
          effect: allow
          conditions: ["budget(1, 1, '1h')"]
        - action: "write:payment"
          effect: allow
          conditions: ["budget(request.amount, 100, '1d', request.payer)"]
        - action: "read:detailed"
          effect: allow
          audit: {level: detailed}
        - action: "read:enhanced"
          effect: allow
          conditions: ["request.amount <= 1000"]
          audit: {level: enhanced}
        - action: "read:customers"
          effect: allow
          obligations: {redact: [ssn], mask: [name]}
        - action: "read:api/customers"
          effect: allow
          obligations: {redact: [ssn], mask: [iban]}
        - action: "*:api/search"
          effect: allow
          conditions:
            - "request.http.method == 'GET'"
            - "request.http.path == '/api/search'"
            - "request.http.query == 'q=motor'"
      """;

  private static final String IN_DRY_RUN =
      """
      name: tried-out
      enforcement: dry_run
      rules:
        - {action: "read:detailed", effect: deny, reason: "Tried out"}
      """;

  private static final String PROFILE =
      """
      role: tier-1
      access:
        data:
          allow: [name, paid, iban]
          deny: [ssn]
      """;

  private ExampleTenant() {}

  public static SignedBundles.Bundle bundle() {
    return bundle(ID, "enforce");
  }

  public static SignedBundles.Bundle bundle(TenantId tenant, String mode) {
    return new SignedBundles.Bundle(
        new PoliciesSection(
            1,
            tenant,
            4,
            List.of(
                new PublishedPolicy("p", "enterprise-claims-policy", 3, POLICY, null),
                new PublishedPolicy("q", "tried-out", 1, IN_DRY_RUN, null),
                new PublishedPolicy("r", "tier-1", 1, PROFILE, null))),
        new DirectorySection(
            1,
            tenant,
            9,
            new DirectorySection.Settings("Insurer", "free", "UTC", mode, 900, Map.of(), Map.of()),
            List.of(
                agent(CLAIMS, "claims-bot", "active"),
                agent(READER, "reader-bot", "active", "tier-1"),
                agent(REVOKED, "gone-bot", "revoked"),
                agent(SUSPENDED, "paused-bot", "suspended")),
            List.of(
                new KeyEntry(
                    KEY.keyId(), KEY.sha256(), null, List.of("claims-processing"), null, null),
                new KeyEntry(
                    EXPIRED_KEY.keyId(), EXPIRED_KEY.sha256(), CLAIMS, List.of(), 1L, null),
                new KeyEntry(
                    REVOKED_KEY.keyId(), REVOKED_KEY.sha256(), null, List.of("*"), null, 1L)),
            List.of(target(tenant))),
        new RevocationsSection(
            1, tenant, 2, List.of(new Revocation(Revocation.Kind.TOKEN, REVOKED_JTI, 1))));
  }

  private static TargetEntry target(TenantId tenant) {
    SecretsKey secrets = SecretsKey.load(TestKeys.deployment().secretsKey());
    return new TargetEntry(
        "target_1",
        "claims",
        System.getProperty("meshguard.test.target", "http://127.0.0.1:9") + "/base",
        true,
        "also",
        List.of(new RouteEntry("POST", "/api/letters/*", "write:letter")),
        Map.of(
            "Authorization",
            secrets.seal("Basic dGFyZ2V0", tenant.value() + "/target_1/Authorization")),
        Map.of());
  }

  private static AgentEntry agent(String id, String name, String status, String... roles) {
    return new AgentEntry(
        id,
        name,
        "verified",
        "low",
        List.of("claims-processing"),
        List.of(roles),
        "ann@example.com",
        "motor",
        Map.of(),
        status,
        0,
        null);
  }

  public static String token(String agentId) {
    return token(agentId, UUID.randomUUID().toString(), Instant.now().plusSeconds(3600));
  }

  public static String token(TenantId tenant, String agentId) {
    return token(tenant, agentId, UUID.randomUUID().toString(), Instant.now().plusSeconds(3600));
  }

  public static String token(String agentId, String jti, Instant expiresAt) {
    return token(ID, agentId, jti, expiresAt);
  }

  private static String token(TenantId tenant, String agentId, String jti, Instant expiresAt) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("meshguard");
    claims.setAudience("meshguard");
    claims.setSubject(agentId);
    claims.setStringClaim("orgId", tenant.value());
    claims.setIssuedAt(NumericDate.fromSeconds(expiresAt.getEpochSecond() - 7200));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    claims.setJwtId(jti);
    return sign(claims, "RS256", kid(), privateKey());
  }

  public static String sign(JwtClaims claims, String algorithm, String kid, java.security.Key key) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setKeyIdHeaderValue(kid);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setKey(key);
    jws.setDoKeyValidation(false);
    jws.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String jwks() {
    RsaJsonWebKey key = new RsaJsonWebKey((RSAPublicKey) publicKey());
    key.setKeyId(kid());
    return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  public static String kid() {
    String file = keyFile().getFileName().toString();
    return file.substring(0, file.length() - ".pem".length());
  }

  public static PrivateKey privateKey() {
    return PemKeys.readPrivate(keyFile(), "RSA");
  }

  public static PublicKey publicKey() {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) privateKey();
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path keyFile() {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(TestKeys.deployment().tokenKeys())) {
      all.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.getFirst();
  }
}
