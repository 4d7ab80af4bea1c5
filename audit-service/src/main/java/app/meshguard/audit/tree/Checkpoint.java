package app.meshguard.audit.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a log says about itself at one size (tlog-checkpoint), to be signed. */
public record Checkpoint(String origin, long size, byte[] root) {

  public Checkpoint {
    root = root.clone();
  }

  /** The checkpoint as a signed note with the key's one signature. */
  public byte[] signedBy(LogKey key) {
    String text = text();
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    byte[] id = key.verifier().id();
    byte[] both = ByteBuffer.allocate(id.length + signature.length).put(id).put(signature).array();
    String note =
        text
            + "\n\u2014 "
            + key.verifier().name()
            + " "
            + Base64.getEncoder().encodeToString(both)
            + "\n";
    return note.getBytes(StandardCharsets.UTF_8);
  }

  String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }
}
