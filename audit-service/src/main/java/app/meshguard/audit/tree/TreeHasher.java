package app.meshguard.audit.tree;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 of leaves and nodes as RFC 9162, section 2.1, has them. Not for two threads at once. */
public final class TreeHasher {
  /** The length of every hash, in bytes. */
  public static final int LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256;

  public TreeHasher() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The hash of an entry's bytes. */
  public byte[] leaf(byte[] entry) {
    sha256.update(LEAF);
    return sha256.digest(entry);
  }

  /** The hash of a node over its two children. */
  public byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }

  /** The root of a tree without leaves. */
  public byte[] empty() {
    return sha256.digest();
  }

  /**
   * The root of the complete subtree over {@code count} hashes that lie one after the other in
   * {@code hashes}.
   *
   * @param from the first one's number
   * @param count a power of two
   */
  byte[] complete(byte[] hashes, int from, int count) {
    byte[] level = new byte[count * LENGTH];
    System.arraycopy(hashes, from * LENGTH, level, 0, level.length);
    try {
      for (int width = count; width > 1; width /= 2) {
        for (int i = 0; i < width / 2; i++) {
          sha256.update(NODE);
          sha256.update(level, 2 * i * LENGTH, 2 * LENGTH);
          sha256.digest(level, i * LENGTH, LENGTH);
        }
      }
    } catch (DigestException e) {
      throw new IllegalStateException("a hash fits where two stood", e);
    }
    return Arrays.copyOf(level, LENGTH);
  }
}
