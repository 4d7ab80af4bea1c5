package app.meshguard.local.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** An insurer's claims agents: departments, amounts with risk, trust tiers, and a revoked agent. */
final class InsurerScenes {
  private static final String POLICY = "enterprise-claims-policy";
  private static final List<String> TAGS = List.of("claims-processing", "enterprise");

  private InsurerScenes() {}

  static void play(Play play, DemoTenant tenant, Gateway gateway) {
    var agent = tenant.create("motor-claims", Map.of("tags", TAGS, "department", "motor"));
    var motor = Caller.withToken(tenant, gateway, agent);

    var readClaims = Call.of("read:claims");
    var ownClaims = Verdict.allow(POLICY, "allow-read:claims");
    play.check(motor, readClaims.with("department", "motor"), ownClaims);
    play.check(motor, readClaims.with("department", "household"), Verdict.denyByDefault(POLICY));

    play.check(motor, claim("1000", "0.49"), Verdict.allow(POLICY, "allow-write:claim_approval"));
    play.check(motor, claim("1000", "0.5"), Verdict.denyByDefault(POLICY));
    play.check(motor, claim("1000.01", "0.1"), Verdict.deny(POLICY, "deny-write:claim_approval"));
    play.check(
        motor, claim("10000.01", "0.1"), Verdict.deny(POLICY, "deny-write:claim_approval-2"));

    var trainee =
        tenant.create("trainee", Map.of("tags", TAGS, "department", "motor", "trustTier", "basic"));
    var novice = Caller.withToken(tenant, gateway, trainee);
    play.check(novice, readClaims.with("department", "motor"), ownClaims);
    play.check(novice, claim("10", "0.1"), new Verdict("deny", null, null));

    tenant.revoke(agent);
    play.check(motor, readClaims.with("department", "motor").noted("revoked"), Verdict.REFUSED);
  }

  private static Call claim(String amount, String risk) {
    return Call.of("write:claim_approval")
        .with("amount", new BigDecimal(amount))
        .with("risk_score", new BigDecimal(risk));
  }
}
