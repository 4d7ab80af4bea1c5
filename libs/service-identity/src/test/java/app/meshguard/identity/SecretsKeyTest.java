package app.meshguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretsKeyTest {
  private static final String PURPOSE = "org_0123456789abcdef/target_1/Authorization";

  private final SecretsKey key = new SecretsKey(new byte[32]);

  @Test
  void opensWhatItSealed() {
    assertEquals("Bearer ünïcode", key.open(key.seal("Bearer ünïcode", PURPOSE), PURPOSE));
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    assertNotEquals(key.seal("s", PURPOSE), key.seal("s", PURPOSE));
  }

  @Test
  void opensNothingForAnotherPurposeOrWithAnotherKey() {
    String sealed = key.seal("s", PURPOSE);
    byte[] other = new byte[32];
    other[0] = 1;
    assertThrows(IllegalArgumentException.class, () -> key.open(sealed, "org_other/target_1/A"));
    assertThrows(IllegalArgumentException.class, () -> new SecretsKey(other).open(sealed, PURPOSE));
  }

  @Test
  void opensNothingThatWasChanged() {
    byte[] sealed = Base64.getDecoder().decode(key.seal("s", PURPOSE));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      String text = Base64.getEncoder().encodeToString(changed);
      assertThrows(IllegalArgumentException.class, () -> key.open(text, PURPOSE), "byte " + i);
    }
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    assertThrows(IllegalArgumentException.class, () -> new SecretsKey(new byte[16]));
  }
}
