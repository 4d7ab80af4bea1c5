package app.meshguard.audit.tree;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The proof that an entry is in a log, in one file that needs no network (tlog-proof). */
public final class TlogProof {
  private TlogProof() {}

  /**
   * The file's text.
   *
   * @param index the leaf's number in the tree
   * @param checkpoint the signed note, as it was released
   */
  public static String text(long index, List<byte[]> inclusion, byte[] checkpoint) {
    StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ").append(index);
    for (byte[] hash : inclusion) {
      text.append('\n').append(Base64.getEncoder().encodeToString(hash));
    }
    return text.append("\n\n").append(new String(checkpoint, StandardCharsets.UTF_8)).toString();
  }
}
