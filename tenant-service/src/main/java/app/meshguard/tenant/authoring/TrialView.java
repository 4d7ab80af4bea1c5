package app.meshguard.tenant.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.Call;
import app.meshguard.policy.Explanation;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.WouldHave;
import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.JsonValues;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided of a call. Nothing is recorded, and nothing is taken of any limit.
 *
 * @param limits what the call would still have to take
 * @param limitsCounted always false: an allow stands only while the limits last
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "TriedCall")
public record TrialView(
    @Schema(enumeration = {"allow", "deny", "pending_approval"}) String decision,
    boolean allowed,
    AskedAgent agent,
    String action,
    @Nullable String policy,
    int policyRevision,
    @Nullable String rule,
    @Nullable String reason,
    String code,
    String message,
    Map<String, @Nullable Object> obligations,
    List<Limit> limits,
    boolean limitsCounted,
    List<DryRun> dryRuns,
    Map<String, @Nullable Object> explanation) {

  /** Who would have called. */
  @Schema(name = "AskedAgent")
  public record AskedAgent(String id, String name) {}

  /** A limit that the call would take from. */
  @Schema(name = "TriedLimit")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Limit(
      String policy,
      String rule,
      @Nullable String key,
      @Nullable BigDecimal amount,
      BigDecimal limit,
      String window) {
    static Limit of(LimitClaim claim) {
      return switch (claim) {
        case RateClaim rate ->
            new Limit(
                rate.policy(),
                rate.rule(),
                rate.key(),
                null,
                BigDecimal.valueOf(rate.limit()),
                DurationText.of(rate.window()));
        case BudgetClaim budget ->
            new Limit(
                budget.policy(),
                budget.rule(),
                budget.key(),
                budget.amount(),
                budget.limit(),
                DurationText.of(budget.window()));
      };
    }
  }

  /** What a policy in dry run would have said. */
  @Schema(name = "TriedDryRun")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DryRun(String policy, int policyRevision, String decision, @Nullable String rule) {
    static DryRun of(WouldHave said) {
      return new DryRun(said.policy(), said.policyRevision(), said.effect().text(), said.rule());
    }
  }

  static TrialView of(Agent agent, Call call, Explanation explanation) {
    Verdict verdict = explanation.verdict();
    Map<String, @Nullable Object> trace = JsonValues.written(explanation.toMap());
    trace.putIfAbsent("change", null);
    trace.putIfAbsent("noChange", null);
    return new TrialView(
        verdict.effect().text(),
        verdict.isAllowed(),
        new AskedAgent(agent.id(), agent.name()),
        call.action(),
        verdict.policy(),
        verdict.policyRevision(),
        verdict.rule(),
        verdict.reason(),
        verdict.code(),
        verdict.message(),
        JsonValues.written(verdict.obligations().toMap()),
        verdict.limits().stream().map(Limit::of).toList(),
        false,
        verdict.dryRuns().stream().map(DryRun::of).toList(),
        trace);
  }
}
