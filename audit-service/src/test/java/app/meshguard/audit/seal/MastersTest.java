package app.meshguard.audit.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MastersTest {
  @TempDir Path directory;

  @Test
  void sealsWithTheGreatestAndOpensWithAll() throws IOException {
    key("2", 2);
    key("10", 10);
    Files.writeString(directory.resolve("README"), "not a key");

    Masters masters = new Masters(directory);

    assertEquals(10, masters.current());
    assertArrayEquals(new int[] {10, 2}, masters.versions());
    assertFalse(Arrays.equals(masters.derive(10, "use"), masters.derive(2, "use")));
    assertFalse(Arrays.equals(masters.derive(2, "use"), masters.derive(2, "other")));
  }

  @Test
  void derivesAsRfc5869Says() throws IOException {
    key("1", 1);

    // HKDF-SHA256, 32 bytes 0x01, no salt, info "use": computed with Python's hmac.
    assertEquals(
        "69525eef99a7116d242e7522483fbd4ff63c9ad4273e74405a73a350ccb37cd2",
        HexFormat.of().formatHex(new Masters(directory).derive(1, "use")));
  }

  @Test
  void saysWhatIsMissingOrWrong() throws IOException {
    assertThrows(IllegalStateException.class, () -> new Masters(directory));
    key("1", 1);
    IllegalStateException gone =
        assertThrows(IllegalStateException.class, () -> new Masters(directory).derive(2, "use"));
    assertTrue(gone.getMessage().contains("2.key is gone"), gone::getMessage);
    Files.writeString(directory.resolve("3.key"), "c2hvcnQ=");
    IllegalStateException shortKey =
        assertThrows(IllegalStateException.class, () -> new Masters(directory));
    assertTrue(shortKey.getMessage().contains("3.key does not hold 32 bytes"));
    Files.delete(directory.resolve("3.key"));
    key("256", 1);
    assertThrows(IllegalStateException.class, () -> new Masters(directory));
  }

  private void key(String name, int fill) throws IOException {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    Files.writeString(
        directory.resolve(name + ".key"), Base64.getEncoder().encodeToString(bytes) + "\n");
  }
}
