package app.meshguard.policy;

import app.meshguard.policy.document.PolicyDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A revision that is tried on a share of the agents before it is everybody's.
 *
 * @param percent of the agents, from 1 to 99
 */
public record Canary(int revision, PolicyDocument document, int percent) {
  public Canary {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("a canary is for 1 to 99 percent of the agents");
    }
  }

  /**
   * Whether the canary of a policy is for an agent: by a hash of the two names, so that an agent
   * stays in while the share grows, and the canaries of two policies are not for the same agents.
   */
  public boolean isFor(String policy, String agentId) {
    return bucket(policy, agentId) < percent;
  }

  private static int bucket(String policy, String agentId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((policy + "\n" + agentId).getBytes(StandardCharsets.UTF_8));
      return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), 100);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
