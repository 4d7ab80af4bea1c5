package app.meshguard.tenant.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

@TenantService
class AgentTokenIT {

  @Test
  void carriesTheClaimsOfTheContractAndVerifiesWithThePublishedKeys() throws Exception {
    TestTenant tenant = TestTenant.signUp();
    String jwks = given().get("/.well-known/jwks.json").then().statusCode(200).extract().asString();

    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(
                new JwksVerificationKeyResolver(new JsonWebKeySet(jwks).getJsonWebKeys()))
            .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256")
            .setExpectedIssuer("meshguard")
            .setExpectedAudience("meshguard")
            .setRequireExpirationTime()
            .setRequireJwtId()
            .build()
            .processToClaims(tenant.agentToken());

    assertEquals(
        Set.of("iss", "aud", "sub", "name", "tier", "tags", "orgId", "iat", "exp", "jti"),
        claims.getClaimsMap().keySet());
    assertEquals(tenant.agentId(), claims.getSubject());
    assertEquals(tenant.orgId(), claims.getStringClaimValue("orgId"));
    assertEquals("verified", claims.getStringClaimValue("tier"));
    assertEquals(List.of(), claims.getStringListClaimValue("tags"));
    assertNotNull(claims.getJwtId());
    assertEquals(86_400, claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
  }
}
