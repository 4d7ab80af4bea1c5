package app.meshguard.decision.decide;

import app.meshguard.decision.bundle.Replica;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.WouldHave;
import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.Redaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, format 1, in their canonical form: keys sorted, exact decimals, secrets redacted.
 * The keys stand in order here, so that nothing has to be sorted but what the caller sent.
 */
@Singleton
public class RecordText {
  private static final ThreadLocal<JsonText> BUFFER = ThreadLocal.withInitial(JsonText::new);

  private final String replica;
  private final String engine;

  RecordText(
      Replica replica, @ConfigProperty(name = "quarkus.application.version") String version) {
    this.replica = replica.id();
    this.engine = version;
  }

  /**
   * The record of a decision.
   *
   * @param kind {@code decision} or {@code refusal}
   */
  byte[] decision(String kind, Decided decided, long latencyUs) {
    JsonText out = BUFFER.get().clear();
    AgentCall call = decided.call();
    Caller caller = decided.caller();
    Verdict verdict = decided.verdict();
    out.raw("{\"action\":").string(Redaction.of(call.action()));
    out.raw(",\"agent\":").raw(caller.agent().recorded());
    if (decided.approvalId() != null) {
      out.raw(",\"approvalId\":").string(decided.approvalId());
    }
    out.raw(",\"audit\":{\"context\":").value(Redaction.of(verdict.audit().context()));
    out.raw(",\"level\":").string(verdict.audit().level());
    out.raw(",\"notify\":").value(verdict.audit().notified());
    if (decided.trace() != null) {
      out.raw(",\"trace\":").raw(decided.trace());
    }
    bundle(out, caller.tenant(), decided.bundleAgeMs());
    out.raw(",\"code\":").string(verdict.code());
    out.raw(",\"context\":").value(Redaction.of(call.context()));
    out.raw(",\"credential\":\"").raw(caller.kind().text());
    out.raw("\",\"credentialId\":").string(caller.credentialId());
    out.raw(",\"decidedAt\":\"").raw(TimeText.of(decided.at()));
    out.raw("\",\"decision\":\"").raw(verdict.effect().text());
    out.raw("\",\"decisionId\":\"").raw(decided.decisionId());
    out.raw("\",\"delegation\":null");
    dryRuns(out, verdict.dryRuns());
    // A credential that is no longer good is refused in every mode.
    out.raw(",\"enforced\":").bool(decided.enforced() || kind.equals("refusal"));
    out.raw(",\"engine\":").string(engine);
    out.raw(",\"format\":1,\"kind\":\"").raw(kind);
    out.raw("\",\"latencyUs\":").number(latencyUs);
    limits(out, verdict.limits(), decided.limitsTaken());
    out.raw(",\"mode\":\"").raw(decided.audited() ? "audit" : "enforce");
    out.raw("\",\"obligations\":");
    if (verdict.obligations().isEmpty()) {
      out.raw("{}");
    } else {
      out.value(verdict.obligations().toMap());
    }
    parent(out, call.parentId());
    out.raw(",\"policy\":").string(verdict.policy());
    out.raw(",\"policyRevision\":");
    if (verdict.policy() == null) {
      out.raw("null");
    } else {
      out.number(verdict.policyRevision());
    }
    out.raw(",\"reason\":").string(reason(verdict));
    out.raw(",\"replica\":").string(replica);
    out.raw(",\"resource\":").value(redacted(call.resource()));
    out.raw(",\"rule\":").string(verdict.rule());
    out.raw(",\"surface\":\"").raw(call.surface().text());
    out.raw("\",\"tenantId\":\"").raw(caller.tenant().tenant().value());
    out.raw("\",\"traceId\":").string(call.traceId()).raw("}");
    return out.toBytes();
  }

  /** Only where it is known: the form without it stays as it was. */
  private static void parent(JsonText out, @Nullable String parentId) {
    if (parentId != null) {
      out.raw(",\"parentId\":").string(Redaction.of(parentId));
    }
  }

  /** What the caller was told why, where no rule's author gave a reason. */
  private static @Nullable String reason(Verdict verdict) {
    return verdict.reason() != null || verdict.isAllowed() ? verdict.reason() : verdict.message();
  }

  /**
   * What became of a call that was let through.
   *
   * @param failure why there was no answer, or null
   */
  public byte[] outcome(Decided decided, Instant at, OutcomeFigures figures) {
    JsonText out = BUFFER.get().clear();
    AgentCall call = decided.call();
    out.raw("{\"action\":").string(Redaction.of(call.action()));
    out.raw(",\"agent\":").raw(decided.caller().agent().mentioned());
    out.raw(",\"decidedAt\":\"").raw(TimeText.of(at));
    out.raw("\",\"decisionId\":\"").raw(decided.decisionId());
    out.raw("\",\"format\":1,\"kind\":\"outcome\",\"outcome\":{\"durationMs\":");
    out.number(figures.durationMs());
    out.raw(",\"failure\":").string(figures.failure());
    if (figures.refunded() != null) {
      out.raw(",\"refunded\":").bool(figures.refunded());
    }
    out.raw(",\"reportedBy\":\"proxy\",\"requestBytes\":").number(figures.requestBytes());
    out.raw(",\"responseBytes\":").number(figures.responseBytes());
    if (figures.responseSha256() != null) {
      out.raw(",\"responseSha256\":\"").raw(figures.responseSha256()).raw("\"");
    }
    out.raw(",\"status\":").number(figures.status());
    out.raw("},\"replica\":").string(replica);
    out.raw(",\"resource\":").value(redacted(call.resource()));
    out.raw(",\"tenantId\":\"").raw(decided.caller().tenant().tenant().value());
    out.raw("\",\"traceId\":").string(call.traceId()).raw("}");
    return out.toBytes();
  }

  /**
   * What an agent says became of a call that it made itself.
   *
   * @param decision the fields of the decision's record
   */
  public byte[] reportedOutcome(
      Caller caller,
      Function<String, @Nullable Object> decision,
      String at,
      Map<String, Object> outcome) {
    JsonText out = BUFFER.get().clear();
    out.raw("{\"action\":").value(decision.apply("action"));
    out.raw(",\"agent\":").raw(caller.agent().mentioned());
    out.raw(",\"decidedAt\":\"").raw(at);
    out.raw("\",\"decisionId\":").value(decision.apply("decisionId"));
    out.raw(",\"format\":1,\"kind\":\"outcome\",\"outcome\":").value(outcome);
    out.raw(",\"replica\":").string(replica);
    out.raw(",\"resource\":").value(decision.apply("resource"));
    out.raw(",\"tenantId\":\"").raw(caller.tenant().tenant().value());
    out.raw("\",\"traceId\":").value(decision.apply("traceId")).raw("}");
    return out.toBytes();
  }

  private static @Nullable Object redacted(@Nullable Object value) {
    return value == null ? null : Redaction.of(value);
  }

  private static void bundle(JsonText out, TenantBundle bundle, long ageMs) {
    out.raw("},\"bundle\":{\"ageMs\":").number(ageMs);
    out.raw(",\"directory\":").number(bundle.directoryVersion());
    out.raw(",\"policies\":").number(bundle.policiesVersion());
    out.raw(",\"revocations\":").number(bundle.revocationsVersion()).raw("}");
  }

  /** Only where there are policies in dry run: the form without them stays as it was. */
  public static void dryRuns(JsonText out, List<WouldHave> dryRuns) {
    if (dryRuns.isEmpty()) {
      return;
    }
    String before = ",\"dryRuns\":[";
    for (WouldHave said : dryRuns) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("decision", said.effect().text());
      json.put("policy", said.policy());
      json.put("policyRevision", said.policyRevision());
      json.put("reason", said.reason());
      json.put("rule", said.rule());
      out.raw(before).value(json);
      before = ",";
    }
    out.raw("]");
  }

  private static void limits(JsonText out, List<LimitClaim> claims, boolean taken) {
    out.raw(",\"limits\":[");
    String before = "";
    for (LimitClaim claim : claims) {
      out.raw(before).raw("{");
      if (claim instanceof BudgetClaim budget) {
        out.raw("\"amount\":").raw(budget.amount().toPlainString()).raw(",");
      }
      if (claim.key() != null) {
        out.raw("\"key\":").string(Redaction.of(claim.key())).raw(",");
      }
      switch (claim) {
        case RateClaim rate -> out.raw("\"limit\":").number(rate.limit());
        case BudgetClaim budget -> out.raw("\"limit\":").raw(budget.limit().toPlainString());
      }
      out.raw(",\"policy\":").string(claim.policy());
      out.raw(",\"rule\":").string(claim.rule());
      out.raw(",\"taken\":").bool(taken);
      out.raw(",\"window\":").string(DurationText.of(claim.window())).raw("}");
      before = ",";
    }
    out.raw("]");
  }
}
