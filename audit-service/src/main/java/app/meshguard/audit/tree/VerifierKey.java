package app.meshguard.audit.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key of signed notes, and its text {@code <name>+<id>+<key>} that verifiers take
 * (signed-note, "vkey").
 *
 * @param publicKey the 32 bytes of RFC 8032
 */
public record VerifierKey(String name, byte[] publicKey) {
  private static final byte ED25519 = 1;

  public VerifierKey {
    publicKey = publicKey.clone();
    if (publicKey.length != 32 || name.isEmpty() || name.contains("+") || name.contains(" ")) {
      throw new IllegalArgumentException("not a key of signed notes: " + name);
    }
  }

  /** The first four bytes of SHA-256(name, newline, type, key): which key signed. */
  byte[] id() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(name.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) '\n');
      return Arrays.copyOf(sha256.digest(typed()), 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The text that a verifier is given. */
  public String text() {
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed());
  }

  private byte[] typed() {
    return ByteBuffer.allocate(33).put(ED25519).put(publicKey).array();
  }
}
