package app.meshguard.decision.receipt;

import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.decision.shipping.ReceiptKeyText;
import app.meshguard.identity.PemKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key that the receipts of one journal are signed with: made with the journal, never leaves its
 * directory. Signs notes as C2SP describes them (signed-note).
 */
public final class ReceiptKey implements ReceiptKeyText {
  private static final byte ED25519 = 1;
  private static final int RAW = 32;

  private final String origin;
  private final PrivateKey key;
  private final byte[] typed;

  private ReceiptKey(String origin, PrivateKey key, PublicKey published) {
    this.origin = origin;
    this.key = key;
    byte[] encoded = published.getEncoded();
    this.typed =
        ByteBuffer.allocate(1 + RAW).put(ED25519).put(encoded, encoded.length - RAW, RAW).array();
  }

  /**
   * The journal's key; makes it when there is none.
   *
   * @param prefix of origins: the deployment's name
   */
  static ReceiptKey of(JournalDirectory directory, String prefix) throws IOException {
    Path secret = directory.file("receipt.key");
    Path open = directory.file("receipt.pub");
    if (!Files.exists(secret)) {
      make(secret, open);
    }
    return new ReceiptKey(
        prefix + "/journal/" + directory.id(),
        PemKeys.readPrivate(secret, "Ed25519"),
        PemKeys.readPublic(open, "Ed25519"));
  }

  /** The public part first: where the secret one is, both are. */
  private static void make(Path secret, Path open) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      JournalDirectory.replace(open, PemKeys.text(pair.getPublic()));
      // Replaced by a file that is as private as this one.
      Path next = secret.resolveSibling(secret.getFileName() + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JournalDirectory.replace(secret, PemKeys.text(pair.getPrivate()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** The name of what is signed, and of the key. */
  public String origin() {
    return origin;
  }

  @Override
  public String verifierKey() {
    return origin
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  /** The text with a signature behind it. */
  String note(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      byte[] signed = signature.sign();
      byte[] both = ByteBuffer.allocate(4 + signed.length).put(id()).put(signed).array();
      return text + "\n\u2014 " + origin + " " + Base64.getEncoder().encodeToString(both) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a receipt", e);
    }
  }

  private byte[] id() {
    MessageDigest digest = Sha256.digest();
    digest.update(origin.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    return Arrays.copyOf(digest.digest(typed), 4);
  }
}
