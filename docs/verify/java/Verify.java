import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Checks one entry of a MeshGuard audit log with the code that Maven artifacts' signatures are
 * verified with (dev.sigstore:sigstore-java). It asks no server: java -cp "target/lib/*" Verify.java
 * keys.json opened.json entry.tlog-proof
 */
class Verify {
  public static void main(String[] files) throws Exception {
    try {
      verify(files);
    } catch (Exception e) {
      System.err.println("NOT VERIFIED: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void verify(String[] files) throws Exception {
    JsonObject opened = json(files[1]);
    String proof = Files.readString(Path.of(files[2]));
    int end = proof.indexOf("\n\n");
    String[] lines = proof.substring(0, end).split("\n");
    require(lines[0].equals("c2sp.org/tlog-proof@v1"), "this is not a tlog-proof");
    long index = Long.parseLong(lines[1].replace("index ", ""));
    List<byte[]> hashes = new ArrayList<>();
    for (String line : Arrays.asList(lines).subList(2, lines.length)) {
      hashes.add(base64(line));
    }
    require(!opened.get("damaged").getAsBoolean(), "the stored record was changed");

    RekorEntry.Checkpoint checkpoint = Checkpoints.from(proof.substring(end + 2));
    require(isSigned(checkpoint, json(files[0])), "the checkpoint is not signed with a key of the log");
    byte[] leaf = base64(opened.get("leaf").getAsString());
    byte[] leafHash = sha256(new byte[] {0}, leaf);
    InclusionProofVerifier.verify(
        leafHash, index, checkpoint.getSize(), hashes, base64(checkpoint.getBase64Hash()));
    System.out.printf(
        "The leaf is number %d of the %d in log %s.%n",
        index, checkpoint.getSize(), checkpoint.getOrigin());

    byte[] record = bytes(opened, "record");
    if (record.length > 0) {
      byte[] salt = bytes(opened, "salt");
      String made = Base64.getEncoder().encodeToString(sha256(salt, record));
      require(
          Arrays.equals(leaf, record)
              || made.equals(object(leaf).get("commitment").getAsString()),
          "the record is not the one that the leaf commits to");
      System.out.println("The leaf commits to exactly this record.");
    }
  }

  /** Whether one of the logs' keys, {@code <name>+<id>+<key>}, has signed the checkpoint. */
  private static boolean isSigned(RekorEntry.Checkpoint checkpoint, JsonObject keys)
      throws Exception {
    for (JsonElement log : keys.getAsJsonArray("logs")) {
      String[] vkey = log.getAsJsonObject().get("vkey").getAsString().split("\\+", 3);
      byte[] x509 =
          join(HexFormat.of().parseHex("302a300506032b6570032100"), tail(base64(vkey[2])));
      var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
      for (RekorEntry.CheckpointSignature signature : checkpoint.getSignatures()) {
        if (checkpoint.getOrigin().equals(vkey[0])
            && signature.getIdentity().equals(vkey[0])
            && Arrays.equals(signature.getKeyHint(), HexFormat.of().parseHex(vkey[1]))) {
          return Verifiers.newVerifier(key)
              .verify(
                  checkpoint.getSignedData().getBytes(StandardCharsets.UTF_8),
                  signature.getSignature());
        }
      }
    }
    return false;
  }

  private static JsonObject json(String file) throws Exception {
    return object(Files.readAllBytes(Path.of(file)));
  }

  private static JsonObject object(byte[] text) {
    return JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static byte[] bytes(JsonObject object, String name) {
    JsonElement text = object.get(name);
    return text == null || text.isJsonNull() ? new byte[0] : base64(text.getAsString());
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static byte[] tail(byte[] typed) {
    return Arrays.copyOfRange(typed, 1, typed.length);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] sha256(byte[] first, byte[] second) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(join(first, second));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
