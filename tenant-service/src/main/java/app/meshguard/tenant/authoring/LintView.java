package app.meshguard.tenant.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.authoring.lint.Lint;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.tenant.engine.DraftText;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.platform.BodyText;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.ProblemCode;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What can be read and is hardly meant, as the OpenAPI document shows it. */
@Schema(name = "PolicyLint")
record LintView(List<LintFinding> findings) {

  /** One finding. */
  @Schema(name = "LintFinding")
  record LintFinding(
      String policy,
      @Nullable String rule,
      int line,
      int column,
      String code,
      @Schema(enumeration = {"error", "warning", "info"}) String severity,
      String message) {}

  /**
   * Looks at the policies of a text, or, where there is none, at those in force.
   *
   * @param agents all of the tenant's; null when there are too many to look at
   * @throws RequestRefused when the text cannot be read
   */
  static Map<String, Object> of(
      byte @Nullable [] body, EngineTenant tenant, @Nullable List<Agent> agents) {
    BodyText.Read read = BodyText.of(body);
    if (read.fault() != null) {
      throw new RequestRefused(ProblemCode.INVALID_POLICY, "Line 1, column 1: " + read.fault());
    }
    List<PolicyDocument> inForce = tenant.read().stream().map(PolicyRevision::document).toList();
    List<PolicyDocument> documents =
        read.text().isBlank() ? inForce : DraftText.read("policies", read.text()).documents();
    return Map.of(
        "findings",
        Lint.of(documents, inForce, agents).stream().map(finding -> finding.toMap()).toList());
  }
}
