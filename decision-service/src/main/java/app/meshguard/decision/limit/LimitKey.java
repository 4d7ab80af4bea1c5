package app.meshguard.decision.limit;

import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.wire.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What a limit counts by: tenant, agent, policy, rule, the rule's own key and the window, as a
 * SHA-256. Not the number: a rule that is given another one goes on with what was taken.
 */
final class LimitKey {
  private LimitKey() {}

  /**
   * The key.
   *
   * @param before how many budgets of the decision that would have the same key stand before it
   */
  static byte[] of(TenantId tenant, String agentId, LimitClaim claim, int before) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, tenant.value());
      add(digest, agentId);
      add(digest, claim.policy());
      add(digest, claim.rule());
      add(digest, claim.key());
      add(digest, claim.window().toString());
      if (claim instanceof BudgetClaim) {
        add(digest, "budget " + before);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** With its length before it, so that no two lists of parts read the same. */
  private static void add(MessageDigest digest, @Nullable String part) {
    byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).flip());
    digest.update(bytes);
  }
}
