package app.meshguard.tenant.policy;

import app.meshguard.policy.document.PolicyDocument;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A policy in short, so that a list need not parse documents.
 *
 * @param kind the shape of the document; absent of one that was stored before there were others
 * @param version the author's own label
 */
@RegisterForReflection(ignoreNested = false)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicySummary(
    @Nullable String kind, String version, @Nullable String description, List<RuleSummary> rules) {
  PolicySummary {
    rules = List.copyOf(rules);
  }

  /**
   * A rule in short.
   *
   * @param action the first pattern: clients that know of one action a rule read it
   * @param effect absent of a rule that only adds audit settings
   */
  @Schema(name = "RuleSummary")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RuleSummary(
      String name,
      String action,
      List<String> actions,
      @Nullable String effect,
      @Nullable String reason) {}

  static PolicySummary of(PolicyDocument document) {
    return new PolicySummary(
        document.kind().text(),
        document.version(),
        document.description(),
        document.ruleSummaries().stream()
            .map(
                rule ->
                    new RuleSummary(
                        rule.name(),
                        rule.actions().getFirst(),
                        rule.actions(),
                        rule.effect(),
                        rule.reason()))
            .toList());
  }
}
