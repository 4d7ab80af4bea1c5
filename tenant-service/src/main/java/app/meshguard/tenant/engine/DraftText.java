package app.meshguard.tenant.engine;

import app.meshguard.policy.PolicyDocumentProblem;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import java.util.List;

/** Policies that a request brings along. */
public final class DraftText {
  private DraftText() {}

  /**
   * Reads the YAML of a request's key.
   *
   * @throws RequestRefused with every fault, each with its line within that text
   */
  public static Draft read(String key, String yaml) {
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    if (!parsed.isValid()) {
      throw new RequestRefused(
          ProblemCode.INVALID_POLICY,
          key + ", line " + parsed.errors().getFirst(),
          parsed.errors().stream()
              .map(e -> new Problem.Fault(key, e.line(), e.column(), e.message()))
              .toList());
    }
    return new Draft(parsed.documents());
  }

  /**
   * Compiles policies that may not go together.
   *
   * @throws RequestRefused when they do not
   */
  public static PolicySet compile(List<PolicyRevision> policies, TenantRules rules) {
    List<PolicyDocumentProblem> problems = Draft.problems(policies);
    if (!problems.isEmpty()) {
      throw new RequestRefused(
          ProblemCode.INVALID_POLICY,
          "Policy " + problems.getFirst(),
          problems.stream()
              .map(
                  p ->
                      new Problem.Fault(
                          p.policy(),
                          p.problem().line(),
                          p.problem().column(),
                          p.problem().message()))
              .toList());
    }
    return PolicySet.compile(policies, rules);
  }
}
