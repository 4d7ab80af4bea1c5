package app.meshguard.decision.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.bundle.TestBundles;
import app.meshguard.decision.credential.Identification.Identified;
import app.meshguard.decision.credential.Identification.Rejected;
import app.meshguard.decision.credential.Identification.Unknown;
import app.meshguard.wire.bundle.Revocation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private final Bundles bundles =
      TestBundles.holding(TestBundles.compile(ExampleTenant.bundle()), Clock.systemUTC());
  private final TokenKeys keys = keys();
  private final KeyUses uses = new KeyUses();
  private final Credentials credentials =
      new Credentials(bundles, new TokenVerifier(keys), uses, Clock.systemUTC());

  private static TokenKeys keys() {
    TokenKeys keys = new TokenKeys();
    keys.use(ExampleTenant.jwks().getBytes(StandardCharsets.UTF_8));
    return keys;
  }

  @Test
  void knowsAnAgentByItsToken() {
    Identified known = assertInstanceOf(Identified.class, bearer(token()));
    assertEquals(ExampleTenant.CLAIMS, known.caller().agent().id());
    assertEquals(CredentialKind.AGENT_TOKEN, known.caller().kind());
  }

  @Test
  void forgetsATokenWhenItIsRevoked() {
    String jti = UUID.randomUUID().toString();
    String token = ExampleTenant.token(ExampleTenant.CLAIMS, jti, Instant.now().plusSeconds(60));
    assertInstanceOf(Identified.class, bearer(token));
    TestBundles.revoke(bundles, ExampleTenant.ID, new Revocation(Revocation.Kind.TOKEN, jti, 1));
    assertEquals("token_revoked", assertInstanceOf(Rejected.class, bearer(token)).code());
  }

  @Test
  void forgetsATokenWhenItsKeyIsGone() {
    String token = token();
    assertInstanceOf(Identified.class, bearer(token));
    keys.use("{\"keys\":[]}".getBytes(StandardCharsets.UTF_8));
    assertInstanceOf(Unknown.class, bearer(token));
  }

  @Test
  void refusesHostileTokens() throws GeneralSecurityException {
    String none =
        encoded("{\"alg\":\"none\",\"kid\":\"" + ExampleTenant.kid() + "\"}")
            + "."
            + encoded(claims().toJson())
            + ".";
    byte[] publicKey = ExampleTenant.publicKey().getEncoded();
    PrivateKey stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    JwtClaims noJti = claims();
    noJti.unsetClaim("jti");
    JwtClaims otherIssuer = claims();
    otherIssuer.setIssuer("someone");
    JwtClaims otherAudience = claims();
    otherAudience.setAudience("someone");
    JwtClaims noEnd = claims();
    noEnd.unsetClaim("exp");
    JwtClaims badTenant = claims();
    badTenant.setStringClaim("orgId", "org_../../../../../x");
    List<String> hostile =
        List.of(
            none,
            ExampleTenant.sign(claims(), "HS256", ExampleTenant.kid(), new HmacKey(publicKey)),
            ExampleTenant.sign(claims(), "RS512", ExampleTenant.kid(), ExampleTenant.privateKey()),
            ExampleTenant.sign(claims(), "RS256", ExampleTenant.kid(), stranger),
            ExampleTenant.sign(claims(), "RS256", "../../etc/passwd", ExampleTenant.privateKey()),
            ExampleTenant.sign(noJti, "RS256", ExampleTenant.kid(), ExampleTenant.privateKey()),
            ExampleTenant.sign(
                otherIssuer, "RS256", ExampleTenant.kid(), ExampleTenant.privateKey()),
            ExampleTenant.sign(
                otherAudience, "RS256", ExampleTenant.kid(), ExampleTenant.privateKey()),
            ExampleTenant.sign(noEnd, "RS256", ExampleTenant.kid(), ExampleTenant.privateKey()),
            ExampleTenant.sign(badTenant, "RS256", ExampleTenant.kid(), ExampleTenant.privateKey()),
            token() + "x",
            "x".repeat(100_000),
            "..",
            "a.b.c",
            "");
    for (int i = 0; i < hostile.size(); i++) {
      assertInstanceOf(Unknown.class, bearer(hostile.get(i)), "token " + i);
    }
    assertEquals(0, keys.verified().size(), "nothing of it is remembered");
  }

  @Test
  void anUnknownKidIsOnlyLookedUp() {
    // There is no way from a token to the tenant-service: the keys come with the feed alone.
    for (int i = 0; i < 1000; i++) {
      String token =
          encoded("{\"alg\":\"RS256\",\"kid\":\"k" + i + "\"}") + "." + encoded("{}") + ".AAAA";
      assertInstanceOf(Unknown.class, bearer(token));
    }
  }

  @Test
  void remembersNoMoreThanItsBound() {
    VerifiedTokens tokens = new VerifiedTokens(100);
    VerifiedToken token = new VerifiedToken(ExampleTenant.ID, "a", "j", 0, 0);
    for (int i = 0; i < 10_000; i++) {
      tokens.put("hash-" + i, token);
    }
    assertTrue(tokens.size() <= 200);
  }

  @Test
  void aKeyActsOnlyForAgentsThatItMay() {
    assertInstanceOf(Identified.class, key("claims-bot"));
    assertInstanceOf(Identified.class, key(ExampleTenant.CLAIMS));
    assertInstanceOf(Unknown.class, key("nobody"));
    assertInstanceOf(Unknown.class, key(null));
    String text = ExampleTenant.KEY.text();
    String altered =
        text.substring(0, 40) + (text.charAt(40) == 'a' ? 'b' : 'a') + text.substring(41);
    assertInstanceOf(
        Unknown.class,
        credentials.identify(new PresentedCredential(null, altered, "claims-bot", null)));
  }

  @Test
  void aTokenActsForItsOwnAgentAlone() {
    for (String own : List.of(ExampleTenant.CLAIMS, "claims-bot")) {
      assertInstanceOf(Identified.class, bearerNaming(own, null));
      assertInstanceOf(Identified.class, bearerNaming(null, own));
    }
    for (Identification other :
        List.of(
            bearerNaming("paused-bot", null),
            bearerNaming(null, ExampleTenant.SUSPENDED),
            bearerNaming("claims-bot", "paused-bot"),
            bearerNaming("nobody", null))) {
      Rejected rejected = assertInstanceOf(Rejected.class, other);
      assertEquals("agent_mismatch", rejected.code());
      assertEquals(ExampleTenant.CLAIMS, rejected.caller().agent().id());
    }
  }

  @Test
  void aKeyThatNamesTwoAgentsActsForNeither() {
    assertInstanceOf(
        Unknown.class,
        credentials.identify(
            new PresentedCredential(
                null, ExampleTenant.KEY.text(), "claims-bot", ExampleTenant.SUSPENDED)));
  }

  @Test
  void knowsWhoseARevokedKeyWas() {
    Rejected listed = assertInstanceOf(Rejected.class, revokedKey("claims-bot"));
    assertEquals("key_revoked", listed.code());
    assertEquals(ExampleTenant.CLAIMS, listed.caller().agent().id());
    assertEquals(ExampleTenant.REVOKED_KEY.keyId(), listed.caller().credentialId());
    assertEquals(
        "The API key has been revoked.",
        assertInstanceOf(Unknown.class, revokedKey(null)).message());
  }

  @Test
  void aRevocationHoldsBeforeTheDirectoryHasIt() {
    assertInstanceOf(Identified.class, key("claims-bot"));
    TestBundles.revoke(
        bundles,
        ExampleTenant.ID,
        new Revocation(Revocation.Kind.KEY, ExampleTenant.KEY.keyId(), 1));
    assertEquals("key_revoked", assertInstanceOf(Rejected.class, key("claims-bot")).code());
  }

  private Identification revokedKey(String agent) {
    return credentials.identify(
        new PresentedCredential(null, ExampleTenant.REVOKED_KEY.text(), agent, null));
  }

  private Identification bearerNaming(String agent, String agentId) {
    return credentials.identify(new PresentedCredential("Bearer " + token(), null, agent, agentId));
  }

  private Identification key(String agent) {
    return credentials.identify(
        new PresentedCredential(null, ExampleTenant.KEY.text(), agent, null));
  }

  private Identification bearer(String token) {
    return credentials.identify(new PresentedCredential("Bearer " + token, null, null, null));
  }

  private static String token() {
    return ExampleTenant.token(ExampleTenant.CLAIMS);
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("meshguard");
    claims.setAudience("meshguard");
    claims.setSubject(ExampleTenant.CLAIMS);
    claims.setStringClaim("orgId", ExampleTenant.ID.value());
    claims.setIssuedAt(NumericDate.now());
    claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 600));
    claims.setJwtId("j");
    return claims;
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
