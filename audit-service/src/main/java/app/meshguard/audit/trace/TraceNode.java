package app.meshguard.audit.trace;

import app.meshguard.audit.search.AuditEntry;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a trace, and what it caused.
 *
 * @param outcomes what became of the call
 * @param children oldest first
 */
record TraceNode(
    AuditEntry entry,
    @Schema(description = "How long the call took, or, where nobody told, the decision")
        @Nullable Double durationMs,
    List<AuditEntry> outcomes,
    List<TraceNode> children) {
  TraceNode {
    outcomes = List.copyOf(outcomes);
    children = List.copyOf(children);
  }
}
