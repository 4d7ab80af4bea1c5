package app.meshguard.tenant.impact;

import app.meshguard.tenant.platform.RequestRefused;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One line of the answer: how far it is, at last the result, or why there will be none.
 *
 * @param progress after each page of records
 * @param result the last line
 * @param problem the last line instead, when the recorded calls could not be read to the end
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "ImpactLine")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImpactView(
    @Nullable Progress progress, @Nullable Result result, @Nullable Trouble problem) {

  /**
   * How far it is.
   *
   * @param through when the last call that was read was decided
   */
  @Schema(name = "ImpactProgress")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(long read, long replayed, long flipped, @Nullable String through) {}

  /** Why there is no result. */
  @Schema(name = "ImpactProblem")
  public record Trouble(String code, String detail) {}

  /**
   * What the draft would have changed.
   *
   * @param complete false when the limit was reached before the end of the period
   * @param flips how many calls would be decided otherwise, by what they are and would be
   * @param agents the agents whose calls flip most often; {@code actions}, {@code rules} likewise,
   *     the rules being those that would decide
   * @param notReplayed records that were left out, and why
   * @param otherThanRecorded calls that the policies in force now decide otherwise than it was
   *     recorded: they have changed since, or a limit was used up
   * @param withLimits calls that a limit could have denied: limits are not counted here
   */
  @Schema(name = "ImpactResult")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Result(
      String from,
      String to,
      boolean complete,
      @Nullable String through,
      long read,
      long replayed,
      long flipped,
      List<Flip> flips,
      List<OfAgent> agents,
      List<OfAction> actions,
      List<OfRule> rules,
      List<Sample> samples,
      List<NotReplayed> notReplayed,
      long otherThanRecorded,
      long withLimits,
      List<String> notes) {}

  /** Calls that were decided one way and would be decided another. */
  @Schema(name = "ImpactFlip")
  public record Flip(String from, String to, long count) {}

  /** Flips of one agent. */
  @Schema(name = "ImpactOfAgent")
  public record OfAgent(String id, String name, long count) {}

  /** Flips of one action. */
  @Schema(name = "ImpactOfAction")
  public record OfAction(String action, long count) {}

  /** Flips by one rule; without a rule, by the policy's default, or because no policy applies. */
  @Schema(name = "ImpactOfRule")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OfRule(@Nullable String policy, @Nullable String rule, String code, long count) {}

  /** One call that would be decided otherwise. */
  @Schema(name = "ImpactSample")
  public record Sample(
      String decisionId,
      String at,
      String agentId,
      String agentName,
      String action,
      Outcome before,
      Outcome after) {}

  /** What was decided of a sample. */
  @Schema(name = "ImpactOutcome")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      String decision, String code, @Nullable String policy, @Nullable String rule) {}

  /** Records that were left out. */
  @Schema(name = "ImpactNotReplayed")
  public record NotReplayed(String reason, String why, long count) {}

  static ImpactView progress(Progress progress) {
    return new ImpactView(progress, null, null);
  }

  static ImpactView result(Result result) {
    return new ImpactView(null, result, null);
  }

  static ImpactView problem(Trouble problem) {
    return new ImpactView(null, null, problem);
  }

  static ImpactView problem(RequestRefused refused) {
    return problem(
        new Trouble(refused.problem().code(), String.valueOf(refused.problem().detail())));
  }
}
