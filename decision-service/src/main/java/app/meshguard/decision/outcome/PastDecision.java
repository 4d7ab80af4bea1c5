package app.meshguard.decision.outcome;

import app.meshguard.decision.credential.Caller;
import app.meshguard.policy.value.JsonNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was recorded, and what is recorded of its outcome.
 *
 * @param record of the decision
 * @param outcome the record of the outcome, or null
 */
record PastDecision(Map<String, Object> record, @Nullable Map<String, Object> outcome) {

  /** Whether this caller got it: others must not learn that there is one. */
  boolean isOf(Caller caller) {
    return "decision".equals(record.get("kind"))
        && caller.tenant().tenant().value().equals(record.get("tenantId"))
        && record.get("agent") instanceof Map<?, ?> agent
        && caller.agent().id().equals(agent.get("id"));
  }

  /** Whether the call was let through. */
  boolean passed() {
    return "allow".equals(record.get("decision")) || Boolean.FALSE.equals(record.get("enforced"));
  }

  /** A field of the record of the decision. */
  @Nullable Object field(String key) {
    Object value = record.get(key);
    return value == JsonNull.NULL ? null : value;
  }

  PastDecision with(@Nullable Map<String, Object> known) {
    return outcome != null || known == null ? this : new PastDecision(record, known);
  }
}
