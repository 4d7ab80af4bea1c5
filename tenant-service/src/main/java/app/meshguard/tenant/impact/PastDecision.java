package app.meshguard.tenant.impact;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.impact.ReplayView.Difference;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A recorded decision, and how it is decided again under what was in force when it was made. */
final class PastDecision {
  private static final Set<String> LIMITED = Set.of("rate_limited", "budget_exceeded");
  private static final Pattern WAIT = Pattern.compile("try again in ([0-9]{1,12}) s$");

  private final Map<String, Object> record;

  private PastDecision(Map<String, Object> record) {
    this.record = record;
  }

  /**
   * Reads the exact bytes of a record.
   *
   * @throws RequestRefused when they are not the record of a decision
   */
  static PastDecision read(byte[] bytes) {
    Map<String, Object> record;
    try {
      record = RecordedCall.values(bytes);
    } catch (IllegalArgumentException e) {
      throw new RequestRefused(
          ProblemCode.INVALID_REQUEST, "The body is not a record: a JSON object is expected.");
    }
    if (!new BigDecimal(1).equals(record.get("format"))) {
      throw RequestRefused.invalid("format", "is one that this release does not know: 1 is");
    }
    if (!"decision".equals(record.get("kind")) && !"refusal".equals(record.get("kind"))) {
      throw RequestRefused.invalid("kind", "must be decision or refusal: nothing else was decided");
    }
    return new PastDecision(record);
  }

  boolean isRefusal() {
    return "refusal".equals(record.get("kind"));
  }

  @Nullable Object tenantId() {
    return record.get("tenantId");
  }

  /** The version of a section that the decision was made with. */
  long version(String section) {
    if (record.get("bundle") instanceof Map<?, ?> bundle
        && bundle.get(section) instanceof BigDecimal version) {
      return version.longValue();
    }
    throw RequestRefused.invalid("bundle." + section, "must be a number");
  }

  /** Decides again; takes long when there are many policies: not on an event loop. */
  ReplayView replay(EngineTenant tenant, String release) {
    try {
      RecordedCall call = RecordedCall.of(record, tenant);
      AgentPolicies policies =
          PolicySet.compile(tenant.read(), tenant.rules()).forAgent(call.agent());
      List<String> notes = notes(release);
      Verdict verdict = limited(policies.evaluate(call.call()), notes);
      return view(
          verdict, JsonValues.written(policies.explain(call.call()).toMap()), List.copyOf(notes));
    } catch (RequestRefused e) {
      return ReplayView.not(List.of(String.valueOf(e.problem().detail())));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new RequestRefused(
          ProblemCode.INVALID_REQUEST,
          "The record lacks something that every decision's has: " + e.getMessage() + ".");
    }
  }

  private List<String> notes(String release) {
    List<String> notes = new ArrayList<>();
    for (String path : RecordedCall.redacted(called())) {
      notes.add(path + " was redacted before it was recorded: the replay saw [redacted] there.");
    }
    if (!release.equals(record.get("engine"))) {
      notes.add("Decided by release " + record.get("engine") + ", replayed by " + release + ".");
    }
    if ("agent_suspended".equals(record.get("code"))) {
      notes.add("That the agent was suspended is taken from the record's code.");
    }
    return notes;
  }

  private Map<String, Object> called() {
    Map<String, Object> called = new LinkedHashMap<>();
    for (String key : List.of("action", "resource", "context", "agent")) {
      called.put(key, RecordedCall.required(record, key));
    }
    return called;
  }

  /** What a limit made of an allow is taken from the record: it cannot be counted again. */
  private Verdict limited(Verdict verdict, List<String> notes) {
    if (!verdict.isAllowed() || verdict.limits().isEmpty()) {
      return verdict;
    }
    notes.add("Whether its limits had room is taken from the record: they are not counted again.");
    Object code = record.get("code");
    if (!(code instanceof String text) || !LIMITED.contains(text)) {
      return verdict;
    }
    Verdict denied = null;
    for (LimitClaim claim : verdict.limits()) {
      if (claim.exhaustedCode().equals(text)
          && claim.policy().equals(record.get("policy"))
          && claim.rule().equals(record.get("rule"))) {
        denied = verdict.rateLimited(claim, waited());
        // A rule may have several limits; the message tells them apart.
        if (Objects.equals(reason(denied), plain(record.get("reason")))) {
          return denied;
        }
      }
    }
    return denied == null ? verdict : denied;
  }

  private @Nullable Duration waited() {
    Matcher wait = WAIT.matcher(String.valueOf(record.get("reason")));
    return wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : null;
  }

  private ReplayView view(
      Verdict verdict, Map<String, @Nullable Object> explanation, List<String> notes) {
    Integer revision = verdict.policy() == null ? null : (Integer) verdict.policyRevision();
    Map<String, @Nullable Object> obligations = JsonValues.written(verdict.obligations().toMap());
    List<Difference> differences = new ArrayList<>();
    compare("decision", verdict.effect().text(), differences);
    compare("code", verdict.code(), differences);
    compare("policy", verdict.policy(), differences);
    compare("policyRevision", revision == null ? null : new BigDecimal(revision), differences);
    compare("rule", verdict.rule(), differences);
    compare("reason", reason(verdict), differences);
    compare("obligations", JsonValues.seen(obligations), differences);
    return new ReplayView(
        true,
        differences.isEmpty(),
        verdict.effect().text(),
        verdict.code(),
        verdict.policy(),
        revision,
        verdict.rule(),
        reason(verdict),
        obligations,
        differences,
        explanation,
        notes);
  }

  private void compare(String field, @Nullable Object replayed, List<Difference> differences) {
    Object recorded = plain(record.get(field));
    if (!Objects.equals(recorded, replayed)) {
      differences.add(new Difference(field, recorded, replayed));
    }
  }

  /** As the gateway records it: what the caller was told where no rule's author gave a reason. */
  private static @Nullable String reason(Verdict verdict) {
    return verdict.reason() != null || verdict.isAllowed() ? verdict.reason() : verdict.message();
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value == JsonNull.NULL ? null : value;
  }
}
