package app.meshguard.decision.bundle;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.PolicySet;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.Revocation;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Everything that decisions of one tenant need, compiled. Immutable but for the cache of what
 * applies to each agent; a change makes a new one, which takes its place in one step.
 */
public final class TenantBundle {
  private final TenantId tenant;
  private final CompiledPolicies policies;
  private final Directory directory;
  private final Revocations revocations;
  private final long revocationsVersion;
  private final Map<String, Object> tenantFacts;
  private final ConcurrentMap<String, AgentPolicies> applied = new ConcurrentHashMap<>();

  TenantBundle(
      TenantId tenant,
      CompiledPolicies policies,
      Directory directory,
      Revocations revocations,
      long revocationsVersion) {
    this.tenant = tenant;
    this.policies = policies;
    this.directory = directory;
    this.revocations = revocations;
    this.revocationsVersion = revocationsVersion;
    DirectorySection.Settings settings = directory.settings();
    this.tenantFacts =
        Map.of(
            "id",
            tenant.value(),
            "name",
            settings.name(),
            "plan",
            settings.plan(),
            "timezone",
            settings.timezone());
  }

  /** The same with more revoked; they hold before anything is fetched. */
  TenantBundle revoking(Collection<Revocation> revoked) {
    Revocations more = revocations.with(revoked);
    return more == revocations
        ? this
        : new TenantBundle(tenant, policies, directory, more, revocationsVersion);
  }

  /** What applies to the agent; found once for each. */
  public AgentPolicies policiesOf(KnownAgent agent) {
    AgentPolicies known = applied.get(agent.id());
    return known != null
        ? known
        : applied.computeIfAbsent(agent.id(), id -> set().forAgent(agent.forPolicies()));
  }

  public TenantId tenant() {
    return tenant;
  }

  CompiledPolicies policies() {
    return policies;
  }

  public PolicySet set() {
    return policies.set();
  }

  public Directory directory() {
    return directory;
  }

  public Revocations revocations() {
    return revocations;
  }

  public long policiesVersion() {
    return policies.version();
  }

  public long directoryVersion() {
    return directory.version();
  }

  public long revocationsVersion() {
    return revocationsVersion;
  }

  /** What policies read as {@code tenant.*}. */
  public Map<String, Object> facts() {
    return tenantFacts;
  }
}
