package app.meshguard.tenant.engine;

import app.meshguard.policy.Canary;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.ProblemCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as a decision replica would see it now.
 *
 * @param policies those in force, by name
 * @param facts what policies read as {@code tenant.*}
 * @param env what policies read as {@code env.*} of a call that goes through no target
 */
public record EngineTenant(
    List<Published> policies,
    TenantRules rules,
    Map<String, Object> facts,
    Map<String, Object> env) {
  public EngineTenant {
    policies = List.copyOf(policies);
  }

  /** A policy in force, not read yet. */
  public record Published(String name, int revision, String document, @Nullable Shown canary) {
    public PolicyRevision read() {
      Canary shown =
          canary == null
              ? null
              : new Canary(
                  canary.revision(),
                  parsed(name, canary.revision(), canary.document()),
                  canary.percent());
      return new PolicyRevision(name, revision, parsed(name, revision, document), shown);
    }
  }

  /** A canary, not read yet. */
  public record Shown(int revision, String document, int percent) {}

  /** Reads all policies; takes long when they are long: not on an event loop. */
  public List<PolicyRevision> read() {
    return policies.stream().map(Published::read).toList();
  }

  private static PolicyDocument parsed(String name, int revision, String text) {
    ParsedDocuments read = PolicyDocuments.parse(text);
    if (read.documents().size() != 1) {
      throw new RequestRefused(
          ProblemCode.INVALID_POLICY,
          "Policy "
              + name
              + ", revision "
              + revision
              + ", is stored and cannot be read by this release: "
              + read.errors().stream().findFirst().map(Object::toString).orElse("no document")
              + ". Apply a text that it can read, or delete the policy.");
    }
    return read.documents().getFirst();
  }
}
