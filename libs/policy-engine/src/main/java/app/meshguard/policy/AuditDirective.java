package app.meshguard.policy;

import java.util.List;
import java.util.Map;

/**
 * What must be recorded of a decision.
 *
 * @param level {@code standard}, {@code detailed} or {@code enhanced}
 * @param context the values that {@code audit_context} names, {@code "[missing]"} for absent ones
 */
public record AuditDirective(String level, List<String> notified, Map<String, Object> context) {
  /** What is recorded of a value that is not there. */
  public static final String MISSING = "[missing]";

  static final AuditDirective STANDARD = new AuditDirective("standard", List.of(), Map.of());
}
