package app.meshguard.decision.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.value.TrustTier;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedCanary;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompiledPoliciesTest {
  private static final String ALLOWS = "name: p\nrules: [{action: 'read:x', effect: allow}]\n";
  private static final String DENIES = "name: p\nrules: [{action: 'read:x', effect: deny}]\n";

  @Test
  void givesAShareOfTheAgentsTheCanary() {
    CompiledPolicies compiled = compiled(new PublishedCanary(5, DENIES, 30));

    int denied = 0;
    for (int i = 0; i < 1000; i++) {
      Verdict verdict = verdict(compiled, "agent_" + i);
      assertEquals(verdict.isAllowed() ? 4 : 5, verdict.policyRevision());
      denied += verdict.isAllowed() ? 0 : 1;
    }

    assertTrue(denied > 240 && denied < 360, denied + " of 1000 had the canary");
  }

  @Test
  void usesNothingOfASectionWhoseCanaryCannotBeRead() {
    assertThrows(
        CompiledPolicies.UnreadablePolicy.class,
        () -> compiled(new PublishedCanary(5, "name: p\nrules: [{action: x, effect: maybe}]", 1)));
  }

  private static CompiledPolicies compiled(PublishedCanary canary) {
    return CompiledPolicies.of(
        new PoliciesSection(
            1, ExampleTenant.ID, 1, List.of(new PublishedPolicy("p", "p", 4, ALLOWS, canary))),
        TenantRules.DEFAULT);
  }

  private static Verdict verdict(CompiledPolicies compiled, String agentId) {
    Agent agent =
        new Agent(
            agentId,
            "a",
            TrustTier.VERIFIED,
            null,
            Set.of(),
            Set.of(),
            null,
            null,
            Map.of(),
            false);
    return compiled
        .set()
        .forAgent(agent)
        .evaluate(new Call("read:x", null, Map.of(), Instant.EPOCH, Map.of(), Map.of(), Map.of()));
  }
}
