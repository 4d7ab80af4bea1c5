package app.meshguard.tenant.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.identity.PemKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2027-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private void addKey(String kid, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    Files.writeString(
        directory.resolve(kid + ".pem"), PemKeys.text(generator.generateKeyPair().getPrivate()));
  }

  @Test
  void publishesANewKeyBeforeItSigns() throws Exception {
    addKey("a", 2048);
    SigningKeys keys = new SigningKeys(directory, clock);
    String version = keys.version();
    addKey("b", 2048);
    keys.reread();

    assertTrue(keys.jwks().contains("\"kid\":\"b\""));
    assertFalse(keys.jwks().contains("\"d\":"), "no private part is published");
    assertNotEquals(version, keys.version());
    assertEquals("a", keys.current().kid());
    clock.advance(Duration.ofSeconds(4));
    assertEquals("b", keys.current().kid());

    Files.delete(directory.resolve("a.pem"));
    keys.reread();
    assertFalse(keys.jwks().contains("\"kid\":\"a\""));
  }

  @Test
  void staysAsItIsWhenTheDirectoryIsBroken() throws Exception {
    addKey("a", 2048);
    SigningKeys keys = new SigningKeys(directory, clock);
    Files.writeString(directory.resolve("b.pem"), "half a ke");
    keys.reread();
    assertEquals("a", keys.current().kid());
    Files.delete(directory.resolve("b.pem"));
    Files.delete(directory.resolve("a.pem"));
    keys.reread();
    assertEquals("a", keys.current().kid());
  }

  @Test
  void refusesToStartWithoutAGoodKey() throws Exception {
    assertThrows(IllegalStateException.class, () -> new SigningKeys(directory, clock));
    addKey("a", 1024);
    assertThrows(IllegalStateException.class, () -> new SigningKeys(directory, clock));
  }
}
