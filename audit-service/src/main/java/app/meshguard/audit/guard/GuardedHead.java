package app.meshguard.audit.guard;

import java.util.Arrays;
import java.util.Base64;

/**
 * A head that was signed: what no other root may ever be signed for.
 *
 * @param tenant {@link #UNKNOWN} where only the origin is known
 * @param master the version of the master key that the log's key is made of
 */
public record GuardedHead(
    String tenant, int epoch, String origin, int master, long size, byte[] root) {
  /** No tenant is called so. */
  public static final String UNKNOWN = "-";

  /** Whether it has this root. */
  public boolean isOf(byte[] otherRoot) {
    return Arrays.equals(root, otherRoot);
  }

  /** For people: the size and the root. */
  public String inWords() {
    return size + " entries with root " + Base64.getEncoder().encodeToString(root);
  }
}
