package app.meshguard.audit.search;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log as it is answered; what a kind of record does not have is null.
 *
 * @param timestamp when it was decided, or the outcome seen, at the decision replica
 * @param recordedAt when it was appended to the log
 * @param chain the delegation that the call came by
 */
public record AuditEntry(
    String id,
    @Schema(description = "Place in the tenant's log, from 0, without a gap") long index,
    @Schema(description = "decision, refusal, outcome, event, change, login, key_use or system")
        @Nullable String kind,
    @Nullable String timestamp,
    String recordedAt,
    @Nullable String action,
    @Schema(description = "The resource; of one that is an object, its id")
        @Nullable String resource,
    @Schema(description = "The whole resource, where it is an object") RawJson resourceObject,
    @Schema(description = "allow, deny or pending_approval; null for an outcome")
        @Nullable String decision,
    @Schema(description = "false when the mode let pass what was not allowed")
        @Nullable Boolean enforced,
    @Nullable String mode,
    @Schema(description = "Why: rule, default, tier_ceiling, rate_limited, …")
        @Nullable String code,
    @Nullable String policy,
    @Nullable Long policyRevision,
    @Nullable String rule,
    @Nullable String reason,
    @Nullable String agentId,
    @Nullable String agentName,
    @Nullable String trustTier,
    @Schema(description = "The agent as it was") RawJson agent,
    @Nullable String traceId,
    @Nullable String decisionId,
    RawJson context,
    @Schema(description = "The delegation that the call came by") RawJson chain,
    @Schema(description = "Limits that stood before the call, and what was taken") RawJson limits,
    RawJson obligations,
    @Schema(description = "The approval that the call waits for or was let through by")
        @Nullable String approvalId,
    @Schema(description = "What policies in dry run would have decided") RawJson dryRuns,
    @Schema(description = "What the rule asked to be recorded") RawJson audit,
    @Schema(description = "agent_token or api_key") @Nullable String credential,
    @Nullable String credentialId,
    @Nullable String surface,
    @Schema(description = "How long the decision took, in microseconds") @Nullable Long latencyUs,
    @Schema(description = "What became of the call") RawJson outcome,
    @Nullable String replica,
    @Nullable String engine,
    @Schema(description = "Versions and age of the data that was decided with") RawJson bundle,
    @Schema(description = "The id or the span of what caused this") @Nullable String parentId,
    @Nullable String spanId,
    @Schema(description = "What an agent did or said, or who overrode what") RawJson event,
    @Schema(description = "What was read and written") RawJson lineage,
    @Schema(description = "What an admin changed, before and after") RawJson change,
    @Schema(description = "What the log did to itself: retention, erasure, holds, exports")
        RawJson system,
    @Schema(description = "The record was erased: only what the leaf tells is left") boolean erased,
    @Schema(description = "What is stored is not what was appended: look at the proof")
        boolean damaged) {

  /** The entry as it is answered; of one that was erased there is what its leaf tells. */
  public static AuditEntry of(LogEntry entry) {
    byte @Nullable [] stored = entry.record();
    RecordView record = RecordView.of(stored == null ? entry.leaf() : stored);
    RecordView agent = record.object("agent");
    // Typed clients read the resource as text, and a list with one object in it not at all.
    String resource = record.raw("resource").text();
    return new AuditEntry(
        EntryId.of(entry.index(), entry.leaf()).toString(),
        entry.index(),
        record.text("kind"),
        either(record.text("decidedAt"), record.text("at")),
        entry.appendedAt().toString(),
        record.text("action"),
        resource.startsWith("{") ? record.object("resource").text("id") : record.text("resource"),
        resource.startsWith("{") ? record.raw("resource") : RawJson.NULL,
        record.text("decision"),
        record.flag("enforced"),
        record.text("mode"),
        record.text("code"),
        record.text("policy"),
        record.number("policyRevision"),
        record.text("rule"),
        record.text("reason"),
        either(agent.text("id"), record.text("agentId")),
        agent.text("name"),
        agent.text("trustTier"),
        record.raw("agent"),
        record.text("traceId"),
        record.text("decisionId"),
        record.raw("context"),
        record.raw("delegation"),
        record.raw("limits"),
        record.raw("obligations"),
        record.text("approvalId"),
        record.raw("dryRuns"),
        record.raw("audit"),
        record.text("credential"),
        record.text("credentialId"),
        record.text("surface"),
        record.number("latencyUs"),
        record.raw("outcome"),
        record.text("replica"),
        record.text("engine"),
        record.raw("bundle"),
        record.text("parentId"),
        record.text("spanId"),
        record.raw("event"),
        record.raw("lineage"),
        record.raw("change"),
        record.raw("system"),
        stored == null,
        entry.damaged());
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
