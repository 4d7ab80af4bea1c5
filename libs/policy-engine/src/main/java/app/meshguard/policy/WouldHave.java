package app.meshguard.policy;

import org.jspecify.annotations.Nullable;

/** What a policy in dry run would have said, had it been enforced. */
public record WouldHave(
    String policy,
    int policyRevision,
    Effect effect,
    @Nullable String rule,
    @Nullable String reason) {}
