package app.meshguard.tenant.authoring;

import app.meshguard.policy.PolicyDocumentProblem;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.tenant.engine.Draft;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.platform.BodyText;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an apply of a text would find wrong with it.
 *
 * @param policies what the text holds; empty when it has errors
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "PolicyValidation")
public record Validation(
    boolean valid, List<Summary> policies, List<Finding> errors, List<Finding> warnings) {

  /** One document of the text. */
  @Schema(name = "ValidatedPolicy")
  public record Summary(
      String name,
      @Schema(enumeration = {"policy", "access_profile", "guardrails"}) String kind,
      int rules) {}

  /**
   * A fault, where it is and what to do about it.
   *
   * @param policy whose it is, where it only shows among the other policies of the tenant
   */
  @Schema(name = "PolicyFinding")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Finding(@Nullable String policy, int line, int column, String message) {
    static Finding of(PolicyProblem problem) {
      return new Finding(null, problem.line(), problem.column(), problem.message());
    }
  }

  /** Checks a text, alone and among what is in force. */
  static Validation of(byte @Nullable [] body, EngineTenant tenant) {
    BodyText.Read read = BodyText.of(body);
    if (read.fault() != null) {
      return failed(List.of(new Finding(null, 1, 1, read.fault())), List.of());
    }
    ParsedDocuments parsed = PolicyDocuments.parse(read.text());
    List<Finding> warnings = parsed.warnings().stream().map(Finding::of).toList();
    if (!parsed.isValid()) {
      return failed(parsed.errors().stream().map(Finding::of).toList(), warnings);
    }
    Draft draft = new Draft(parsed.documents());
    List<Finding> errors =
        Draft.problems(draft.over(tenant.read(), Set.of())).stream()
            .map(Validation::among)
            .toList();
    return errors.isEmpty()
        ? new Validation(
            true, parsed.documents().stream().map(Validation::summary).toList(), errors, warnings)
        : failed(errors, warnings);
  }

  private static Finding among(PolicyDocumentProblem found) {
    PolicyProblem problem = found.problem();
    return new Finding(found.policy(), problem.line(), problem.column(), problem.message());
  }

  private static Validation failed(List<Finding> errors, List<Finding> warnings) {
    return new Validation(false, List.of(), errors, warnings);
  }

  private static Summary summary(PolicyDocument document) {
    return new Summary(document.name(), document.kind().text(), document.rules().size());
  }
}
