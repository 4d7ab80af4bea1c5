package app.meshguard.decision.bundle;

import app.meshguard.policy.Canary;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.RiskFloor;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.wire.bundle.DirectorySection.FloorEntry;
import app.meshguard.wire.bundle.DirectorySection.Settings;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedCanary;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies of a tenant, compiled.
 *
 * @param rules those of the tenant's settings, which policies are compiled with
 */
record CompiledPolicies(PoliciesSection section, TenantRules rules, PolicySet set) {

  /**
   * Compiles; what has been compiled already is used again when nothing of it changed.
   *
   * @throws UnreadablePolicy when a policy cannot be read: an error in a policy never allows, so
   *     nothing of the section is used
   */
  static CompiledPolicies of(PoliciesSection section, TenantRules rules) {
    List<PolicyRevision> revisions = new ArrayList<>();
    for (PublishedPolicy policy : section.policies()) {
      PublishedCanary canary = policy.canary();
      revisions.add(
          new PolicyRevision(
              policy.name(),
              policy.revision(),
              read(section, policy, policy.document()),
              canary == null
                  ? null
                  : new Canary(
                      canary.revision(),
                      read(section, policy, canary.document()),
                      canary.percent())));
    }
    return new CompiledPolicies(section, rules, PolicySet.compile(revisions, rules));
  }

  private static PolicyDocument read(PoliciesSection section, PublishedPolicy policy, String text) {
    ParsedDocuments parsed = PolicyDocuments.parse(text);
    if (!parsed.errors().isEmpty() || parsed.documents().size() != 1) {
      throw new UnreadablePolicy(section, policy, parsed);
    }
    return parsed.documents().getFirst();
  }

  long version() {
    return section.version();
  }

  static TenantRules rulesOf(Settings settings) {
    return TenantRules.read(
        settings.timezone(), settings.tierCeilings(), floors(settings.riskFloors()));
  }

  private static Map<String, RiskFloor> floors(Map<String, FloorEntry> set) {
    Map<String, RiskFloor> floors = new HashMap<>();
    set.forEach((level, entry) -> floors.put(level, floor(entry)));
    return floors;
  }

  private static RiskFloor floor(FloorEntry entry) {
    return new RiskFloor(
        entry.callsPerMinute(), entry.requireApproval(), entry.except(), entry.exactRuleSuffices());
  }

  /** A published policy that this release cannot read. */
  static final class UnreadablePolicy extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadablePolicy(PoliciesSection section, PublishedPolicy policy, ParsedDocuments parsed) {
      super(
          "policy "
              + policy.name()
              + ", revision "
              + policy.revision()
              + " of "
              + section.tenantId()
              + " cannot be read: "
              + parsed.errors());
    }
  }
}
