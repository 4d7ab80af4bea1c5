package app.meshguard.audit.report;

import org.jspecify.annotations.Nullable;

/** How many entries of a period are alike in what reports count by. */
record Tally(
    String kind,
    @Nullable String decision,
    @Nullable String code,
    @Nullable String event,
    @Nullable String agentId,
    @Nullable String policy,
    @Nullable String rule,
    long entries) {}
