package app.meshguard.policy.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.Canary;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.RateClaim;
import app.meshguard.policy.RiskFloor;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.proof.World.Published;
import app.meshguard.policy.proof.World.Tenant;
import app.meshguard.policy.value.RiskLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The engine that is to be proved, given a world: from the YAML text on. */
final class Engine {
  private final DocumentText text;
  private final StringBuilder shown = new StringBuilder();

  Engine(Choices style) {
    this.text = new DocumentText(style);
  }

  AgentPolicies compile(World world) {
    List<PolicyRevision> revisions = new ArrayList<>();
    for (Published policy : world.policies()) {
      PolicyDocument document = document(policy.document());
      Canary canary =
          policy.canary() == null
              ? null
              : new Canary(policy.revision() + 1, document(policy.canary()), policy.percent());
      revisions.add(new PolicyRevision(policy.name(), policy.revision(), document, canary));
    }
    return PolicySet.compile(revisions, rules(world.tenant())).forAgent(world.agent());
  }

  private PolicyDocument document(Map<String, Object> document) {
    String yaml = text.write(document);
    shown.append("---\n").append(yaml);
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    assertEquals(List.of(), parsed.errors(), yaml);
    return parsed.documents().getFirst();
  }

  /** The documents as they were written, for a human to look at. */
  String shown() {
    return shown.toString();
  }

  private static TenantRules rules(Tenant tenant) {
    Map<RiskLevel, RiskFloor> floors = new HashMap<>();
    tenant
        .floors()
        .forEach(
            (level, floor) ->
                floors.put(
                    level,
                    new RiskFloor(
                        floor.callsPerMinute(),
                        floor.requireApproval(),
                        floor.except(),
                        floor.exactRuleSuffices())));
    return new TenantRules(tenant.zone(), tenant.ceilings(), floors);
  }

  /** What the engine says, in the words of the naive interpreter. */
  static Outcome outcome(Verdict verdict) {
    return new Outcome(
        verdict.effect().text(),
        verdict.code(),
        verdict.policy(),
        verdict.policyRevision(),
        verdict.rule(),
        verdict.limits().stream().map(Engine::limit).toList(),
        new TreeSet<>(verdict.obligations().redact()),
        verdict.audit().level(),
        verdict.dryRuns().stream()
            .map(would -> would.policy() + " " + would.effect().text())
            .toList());
  }

  private static String limit(LimitClaim claim) {
    String what =
        switch (claim) {
          case RateClaim rate -> "" + rate.limit();
          case BudgetClaim budget -> budget.amount() + " of " + budget.limit();
        };
    return claim.policy()
        + "/"
        + claim.rule()
        + " "
        + what
        + (claim.key() == null ? "" : " for " + claim.key());
  }
}
