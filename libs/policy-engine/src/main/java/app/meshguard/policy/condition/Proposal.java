package app.meshguard.policy.condition;

/** A value with which a condition would come out otherwise; of {@code agent.tags}, one tag more. */
public record Proposal(Attribute attribute, Object value) {}
