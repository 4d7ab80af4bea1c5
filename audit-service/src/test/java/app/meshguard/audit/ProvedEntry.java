package app.meshguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.path.json.JsonPath;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Checks the proof of an entry as RFC 9162, section 2.1.3.2, says, with nothing of the service. */
public final class ProvedEntry {
  private ProvedEntry() {}

  /** Fails unless the service proves that this leaf is in the signed log at this index. */
  public static void verify(LifecycleCalls calls, long index, byte[] leaf) {
    JsonPath proof =
        calls
            .reader()
            .get("/admin/audit/proof?format=json&index=" + index)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    String[] checkpoint = proof.getString("checkpoint").split("\n");
    long at = proof.getLong("leafIndex");
    long last = Long.parseLong(checkpoint[1]) - 1;
    byte[] hash = hash((byte) 0, leaf, new byte[0]);
    for (String text : proof.<String>getList("hashes")) {
      byte[] other = Base64.getDecoder().decode(text);
      if ((at & 1) == 1 || at == last) {
        hash = hash((byte) 1, other, hash);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = hash((byte) 1, hash, other);
      }
      at >>= 1;
      last >>= 1;
    }
    assertEquals(0, last);
    assertEquals(checkpoint[2], Base64.getEncoder().encodeToString(hash));
  }

  private static byte[] hash(byte prefix, byte[] left, byte[] right) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (byte[] part : List.of(new byte[] {prefix}, left, right)) {
        sha256.update(part);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
