package app.meshguard.decision.receipt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Checks a receipt by the text of RFC 9162 (2.1.3.2), signed-note and tlog-proof alone: shares no
 * line with what makes receipts.
 */
public final class ReceiptCheck {
  private final long index;
  private final byte[] leaf;
  private final List<byte[]> path;
  private final long size;
  private final byte[] root;
  private final List<String> extensions;

  private ReceiptCheck(
      long index, byte[] leaf, List<byte[]> path, long size, byte[] root, List<String> more) {
    this.index = index;
    this.leaf = leaf;
    this.path = path;
    this.size = size;
    this.root = root;
    this.extensions = more;
  }

  /** Reads it; throws when it is not signed by that key. */
  public static ReceiptCheck of(String receipt, String verifierKey)
      throws GeneralSecurityException {
    int blank = receipt.indexOf("\n\n");
    String[] head = receipt.substring(0, blank).split("\n");
    if (!head[0].equals("c2sp.org/tlog-proof@v1")
        || !head[1].startsWith("extra ")
        || !head[2].startsWith("index ")) {
      throw new GeneralSecurityException("not a proof: " + receipt);
    }
    List<byte[]> path = new ArrayList<>();
    for (int i = 3; i < head.length; i++) {
      path.add(Base64.getDecoder().decode(head[i]));
    }
    String note = receipt.substring(blank + 2);
    String[] lines = signedText(note, verifierKey).split("\n");
    if (!lines[0].equals(verifierKey.substring(0, verifierKey.indexOf('+')))) {
      throw new GeneralSecurityException("another origin: " + lines[0]);
    }
    return new ReceiptCheck(
        Long.parseLong(head[2].substring(6)),
        Base64.getDecoder().decode(head[1].substring(6)),
        path,
        Long.parseLong(lines[1]),
        Base64.getDecoder().decode(lines[2]),
        List.of(lines).subList(3, lines.length));
  }

  private static String signedText(String note, String verifierKey)
      throws GeneralSecurityException {
    String[] key = verifierKey.split("\\+", 3);
    int end = note.indexOf("\n\n");
    String text = note.substring(0, end + 1);
    String prefix = "\u2014 " + key[0] + " ";
    String line = note.substring(end + 2).strip();
    byte[] signed = Base64.getDecoder().decode(line.substring(prefix.length()));
    byte[] raw = Base64.getDecoder().decode(key[2]);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(publicKey(Arrays.copyOfRange(raw, 1, raw.length)));
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    boolean named = HexFormat.of().formatHex(signed, 0, 4).equals(key[1]);
    if (!line.startsWith(prefix) || !named) {
      throw new GeneralSecurityException("signed by another key: " + line);
    }
    if (!signature.verify(Arrays.copyOfRange(signed, 4, signed.length))) {
      throw new GeneralSecurityException("the signature is wrong");
    }
    return text;
  }

  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    byte[] der = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] both = Arrays.copyOf(der, der.length + raw.length);
    System.arraycopy(raw, 0, both, der.length, raw.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(both));
  }

  /** Whether these bytes are the record that it is about. */
  public boolean holds(byte[] record) throws GeneralSecurityException {
    byte[] hash = hash(0, record);
    return Arrays.equals(hash, leaf) && Arrays.equals(climb(hash), root);
  }

  public List<String> extensions() {
    return extensions;
  }

  private byte[] climb(byte[] from) throws GeneralSecurityException {
    BigInteger fn = BigInteger.valueOf(index);
    BigInteger sn = BigInteger.valueOf(size - 1);
    byte[] r = from;
    for (byte[] p : path) {
      if (sn.signum() == 0) {
        throw new GeneralSecurityException("the path is too long");
      }
      if (fn.testBit(0) || fn.equals(sn)) {
        r = hash(1, p, r);
        while (!fn.testBit(0) && fn.signum() != 0) {
          fn = fn.shiftRight(1);
          sn = sn.shiftRight(1);
        }
      } else {
        r = hash(1, r, p);
      }
      fn = fn.shiftRight(1);
      sn = sn.shiftRight(1);
    }
    if (sn.signum() != 0) {
      throw new GeneralSecurityException("the path is too short");
    }
    return r;
  }

  private static byte[] hash(int prefix, byte[]... parts) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}
