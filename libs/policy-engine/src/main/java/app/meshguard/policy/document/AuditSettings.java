package app.meshguard.policy.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule, or a policy for its rules, wants recorded.
 *
 * @param level null where the policy's own stands
 */
public record AuditSettings(
    @Nullable AuditLevel level, List<String> notified, List<String> context) {
  public static final AuditSettings NONE = new AuditSettings(null, List.of(), List.of());

  public AuditSettings {
    notified = List.copyOf(notified);
    context = List.copyOf(context);
  }
}
