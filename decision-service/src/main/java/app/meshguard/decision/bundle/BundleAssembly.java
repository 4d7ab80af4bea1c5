package app.meshguard.decision.bundle;

import app.meshguard.policy.TenantRules;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.RevocationsSection;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes a tenant's next bundle from signed sections and from what of the former still holds. */
@Singleton
class BundleAssembly {
  private final SectionReader reader;

  /** Where a section comes from: the disk or the tenant-service. */
  interface Source {
    @Nullable SignedSection fetch(SectionName section) throws IOException, InterruptedException;
  }

  BundleAssembly(SectionReader reader) {
    this.reader = reader;
  }

  /**
   * Assembles.
   *
   * @param former what is in force, or null
   * @param source answers null for a section of which the former one still holds
   * @return null when something is missing
   */
  @Nullable TenantBundle assemble(TenantId tenant, @Nullable TenantBundle former, Source source)
      throws IOException, InterruptedException {
    Directory directory = directory(tenant, former, source);
    PoliciesSection policies = policies(tenant, former, source);
    SignedSection signed = source.fetch(SectionName.REVOCATIONS);
    if (directory == null || policies == null || (signed == null && former == null)) {
      return null;
    }
    CompiledPolicies compiled = compiled(former, policies, directory);
    if (signed == null) {
      TenantBundle known = java.util.Objects.requireNonNull(former);
      return new TenantBundle(
          tenant, compiled, directory, known.revocations(), known.revocationsVersion());
    }
    RevocationsSection revocations = reader.revocations(tenant, signed);
    return new TenantBundle(
        tenant, compiled, directory, new Revocations(revocations.revoked()), revocations.version());
  }

  private @Nullable Directory directory(
      TenantId tenant, @Nullable TenantBundle former, Source source)
      throws IOException, InterruptedException {
    SignedSection signed = source.fetch(SectionName.DIRECTORY);
    if (signed == null) {
      return former == null ? null : former.directory();
    }
    DirectorySection section = reader.directory(tenant, signed);
    return new Directory(section);
  }

  private @Nullable PoliciesSection policies(
      TenantId tenant, @Nullable TenantBundle former, Source source)
      throws IOException, InterruptedException {
    SignedSection signed = source.fetch(SectionName.POLICIES);
    if (signed == null) {
      return former == null ? null : former.policies().section();
    }
    return reader.policies(tenant, signed);
  }

  /** A new agent does not compile 10,000 rules anew. */
  private static CompiledPolicies compiled(
      @Nullable TenantBundle former, PoliciesSection policies, Directory directory) {
    TenantRules rules = CompiledPolicies.rulesOf(directory.settings());
    if (former != null) {
      CompiledPolicies known = former.policies();
      if (known.section() == policies && known.rules().equals(rules)) {
        return known;
      }
    }
    return CompiledPolicies.of(policies, rules);
  }
}
