package app.meshguard.audit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedTextsTest {
  @Test
  void derivesThePublicKeysOfRfc8032() {
    assertEquals(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        publicKey("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    assertEquals(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        publicKey("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  }

  @Test
  void signsAsRfc8032Does() {
    LogKey key =
        LogKey.ofSeed(
            "test",
            HexFormat.of()
                .parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

    assertEquals(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        HexFormat.of().formatHex(key.sign(new byte[] {0x72})));
  }

  /** The key of signed-note's and of golang.org/x/mod/sumdb/note's examples. */
  @Test
  void spellsAVerifierAsTheGoPackageDoes() {
    byte[] publicKey =
        java.util.Arrays.copyOfRange(
            java.util.Base64.getDecoder().decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
            1,
            33);

    assertEquals(
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        new VerifierKey("PeterNeumann", publicKey).text());
  }

  @Test
  void isForOneOriginAndEpoch() {
    assertEquals("meshguard/log/v1/2/example.com/log/a", LogKey.use("example.com/log/a", 2));
  }

  @Test
  void writesCheckpointsAndProofsLineByLine() {
    LogKey key = LogKey.ofSeed("example.com/log/a", new byte[32]);
    byte[] note = new Checkpoint("example.com/log/a", 7, new byte[32]).signedBy(key);
    String text = new String(note, StandardCharsets.UTF_8);

    assertTrue(
        text.startsWith(
            "example.com/log/a\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
                + "\u2014 example.com/log/a "),
        text);
    assertTrue(text.endsWith("\n"), text);
    assertEquals(
        "c2sp.org/tlog-proof@v1\nindex 3\n"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".repeat(2)
            + "\n"
            + text,
        TlogProof.text(3, List.of(new byte[32], new byte[32]), note));
  }

  @Test
  void refusesNamesThatNotesCannotCarry() {
    assertThrows(IllegalArgumentException.class, () -> new VerifierKey("a+b", new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> new VerifierKey("a b", new byte[32]));
  }

  private static String publicKey(String seed) {
    return HexFormat.of()
        .formatHex(LogKey.ofSeed("test", HexFormat.of().parseHex(seed)).verifier().publicKey());
  }
}
