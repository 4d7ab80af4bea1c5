package app.meshguard.audit.ingest;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What the log's columns draw from one record; the record itself is kept byte for byte beside it.
 *
 * @param tenant text of a tenant id, its form checked
 */
record EvidenceRecord(
    String tenant,
    String kind,
    OffsetDateTime decidedAt,
    @Nullable String decision,
    String decisionId,
    @Nullable String agentId,
    @Nullable String agentName,
    @Nullable String action,
    @Nullable String resource,
    @Nullable String policy,
    @Nullable String rule,
    @Nullable String code,
    @Nullable String surface,
    @Nullable String traceId,
    @Nullable Long latencyUs) {}
