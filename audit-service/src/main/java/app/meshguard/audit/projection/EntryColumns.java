package app.meshguard.audit.projection;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an entry is searched by, drawn from its record; text is cut to what an index can hold.
 *
 * @param event the type of an event, a change or an entry of the system
 * @param toAgent whom a message went to
 * @param words of reason, message, action, resource, names and context
 */
public record EntryColumns(
    Instant decidedAt,
    String kind,
    @Nullable String decision,
    @Nullable String decisionId,
    @Nullable String parentId,
    @Nullable String spanId,
    @Nullable String approvalId,
    @Nullable String agentId,
    @Nullable String agentName,
    @Nullable String trustTier,
    @Nullable String toAgent,
    @Nullable String action,
    @Nullable String resource,
    @Nullable String policy,
    @Nullable String rule,
    @Nullable String code,
    @Nullable String surface,
    @Nullable String event,
    @Nullable String traceId,
    @Nullable Long latencyUs,
    Set<String> words) {

  /** Whether something was decided: an outcome or an event belongs to a decision of its own. */
  boolean isDecision() {
    return kind.equals("decision") || kind.equals("refusal");
  }
}
