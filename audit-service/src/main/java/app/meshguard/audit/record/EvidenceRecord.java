package app.meshguard.audit.record;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What the log's leaf and its projections draw from one record; the record itself is kept byte for
 * byte beside it.
 *
 * @param tenant text of a tenant id, its form checked
 * @param at the text that decidedAt was read from
 * @param event what kind of event, change or system entry it is: lower-case words and dots
 */
public record EvidenceRecord(
    String tenant,
    String kind,
    String at,
    OffsetDateTime decidedAt,
    @Nullable String decision,
    String decisionId,
    @Nullable String event,
    @Nullable String agentId,
    @Nullable String agentName,
    @Nullable String action,
    @Nullable String resource,
    @Nullable String policy,
    @Nullable Long policyRevision,
    @Nullable String rule,
    @Nullable String code,
    @Nullable String surface,
    @Nullable String approvalId,
    @Nullable String traceId,
    @Nullable String parentId,
    @Nullable String spanId,
    @Nullable Long latencyUs) {}
