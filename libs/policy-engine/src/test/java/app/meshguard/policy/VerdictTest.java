package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.TrustTier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Agent AGENT =
      new Agent(
          "agent_1",
          "bot",
          TrustTier.VERIFIED,
          null,
          Set.of(),
          Set.of(),
          null,
          null,
          Map.of(),
          false);

  private static Verdict decide(String action, String... policies) {
    return CasesTest.compile(List.of(policies), TenantRules.DEFAULT)
        .forAgent(AGENT)
        .evaluate(new Call(action, null, Map.of(), PolicyTests.NOON));
  }

  @Test
  void anExhaustedLimitDenies() {
    Verdict allowed =
        decide(
            "mail",
            "name: p\nrules: [{action: mail, effect: allow, conditions: \"rate_limit(50, '1h')\"}]");

    Verdict denied = allowed.rateLimited(allowed.limits().getFirst(), Duration.ofMillis(11_200));

    assertFalse(denied.isAllowed());
    assertEquals("rate_limited", denied.code());
    assertEquals("p", denied.policy());
    assertEquals("allow-mail", denied.rule());
    assertEquals("Limit of 50 in 1h is used up; try again in 12 s", denied.message());
  }

  @Test
  void tellsWhatAPolicyInDryRunWouldHaveSaid() {
    Verdict verdict =
        decide(
            "read:x",
            "name: real\nrules: [{action: read, effect: allow}]",
            "name: trial\nenforcement: dry_run\nrules: [{action: \"*\", effect: deny, reason: no}]");

    assertEquals(Effect.ALLOW, verdict.effect());
    assertEquals(
        List.of(new WouldHave("trial", 1, Effect.DENY, "deny-*", "no")), verdict.dryRuns());
  }

  @Test
  void theMessageIsTheReasonOrNamesTheRule() {
    assertEquals(
        "Denied by rule: deny-x",
        decide("x", "name: p\nrules: [{action: x, effect: deny}]").message());
    assertEquals(
        "Ask Ann",
        decide("x", "name: p\nrules: [{action: x, effect: deny, reason: Ask Ann}]").message());
    assertEquals(
        "No policy allows write:y",
        decide("write:y", "name: p\nrules: [{action: x, effect: deny}]").message());
  }

  @Test
  void agentsOfTheSamePoliciesShareTheirIndex() {
    PolicySet set =
        CasesTest.compile(
            List.of("name: p\nrules: [{action: x, effect: deny}]"), TenantRules.DEFAULT);

    assertSame(set.group(set.policiesOf(AGENT)), set.group(set.policiesOf(AGENT)));
  }

  @Test
  void refusesTwoRevisionsOfOnePolicy() {
    var document =
        PolicyDocuments.parse("name: p\nrules: [{action: x, effect: deny}]").documents().getFirst();
    List<PolicyRevision> twice =
        List.of(new PolicyRevision("p", 1, document), new PolicyRevision("p", 2, document));

    assertThrows(
        IllegalArgumentException.class, () -> PolicySet.compile(twice, TenantRules.DEFAULT));
  }
}
