package app.meshguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedServicesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Clock AT_NOON = Clock.fixed(NOON, ZoneOffset.UTC);

  private final KeyPair decision = ed25519();
  private final KeyPair audit = ed25519();
  private final ServiceIdentity caller =
      new ServiceIdentity("decision-service", decision.getPrivate(), AT_NOON);
  private final TrustedServices trusted = trustedAt(AT_NOON);

  @Test
  void knowsTheServiceThatCalls() {
    assertEquals(
        Optional.of("decision-service"), trusted.caller(caller.bearerFor("tenant-service")));
  }

  @Test
  void refusesATokenForAnotherService() {
    assertEquals(Optional.empty(), trusted.caller(caller.bearerFor("audit-service")));
  }

  @Test
  void refusesAServiceThatGivesItselfTheNameOfAnother() {
    ServiceIdentity impostor = new ServiceIdentity("decision-service", audit.getPrivate(), AT_NOON);
    assertEquals(Optional.empty(), trusted.caller(impostor.bearerFor("tenant-service")));
  }

  @Test
  void refusesAnExpiredToken() {
    String bearer = caller.bearerFor("tenant-service");
    TrustedServices later = trustedAt(Clock.offset(AT_NOON, Duration.ofMinutes(2)));
    assertEquals(Optional.empty(), later.caller(bearer));
  }

  @Test
  void forgetsWhomItKnewWhenTheTokenExpires() {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    TrustedServices moving = trustedAt(clockOf(now));
    String bearer = caller.bearerFor("tenant-service");

    assertEquals(Optional.of("decision-service"), moving.caller(bearer));
    assertEquals(Optional.of("decision-service"), moving.caller(bearer));
    now.set(NOON.plus(Duration.ofMinutes(2)));

    assertEquals(Optional.empty(), moving.caller(bearer));
  }

  @Test
  void renewsATokenBeforeItExpires() {
    String first = caller.bearerFor("tenant-service");
    assertEquals(first, caller.bearerFor("tenant-service"));
    ServiceIdentity later =
        new ServiceIdentity(
            "decision-service",
            decision.getPrivate(),
            Clock.offset(AT_NOON, Duration.ofSeconds(40)));
    assertFalse(first.equals(later.bearerFor("tenant-service")));
  }

  @Test
  void refusesHostileTokens() {
    String good = caller.bearerFor("tenant-service");
    String[] parts = good.substring("Bearer ".length()).split("\\.", -1);
    String none = base64("{\"alg\":\"none\",\"typ\":\"meshguard-service+jwt\"}");
    List<String> hostile =
        List.of(
            "",
            "Bearer ",
            "Basic abc",
            "Bearer a.b.c",
            "Bearer " + none + "." + parts[1] + ".",
            "Bearer " + parts[0] + "." + base64("{\"iss\":\"decision-service\"}") + "." + parts[2],
            good.substring(0, good.length() - 4) + "AAAA",
            "Bearer " + "x".repeat(100_000));
    hostile.forEach(token -> assertEquals(Optional.empty(), trusted.caller(token), token));
  }

  @Test
  void tellsWhatAServiceSignedFromWhatItDidNot() {
    byte[] bytes = "a bundle".getBytes(StandardCharsets.UTF_8);
    String signature = caller.sign(bytes);
    assertTrue(trusted.signed("decision-service", bytes, signature));
    assertFalse(trusted.signed("audit-service", bytes, signature));
    assertFalse(trusted.signed("nobody", bytes, signature));
    assertFalse(trusted.signed("decision-service", new byte[] {1}, signature));
    assertFalse(trusted.signed("decision-service", bytes, "not base64!"));
    assertFalse(trusted.signed("decision-service", bytes, "AAAA"));
  }

  @Test
  void readsTwoKeysOfAServiceWhileOneReplacesTheOther(@TempDir Path keys) throws Exception {
    KeyPair next = ed25519();
    Files.writeString(keys.resolve("decision-service.pem"), PemKeys.text(decision.getPublic()));
    Files.writeString(keys.resolve("decision-service.next.pem"), PemKeys.text(next.getPublic()));
    TrustedServices loaded = TrustedServices.load("tenant-service", keys, AT_NOON);
    for (KeyPair pair : List.of(decision, next)) {
      ServiceIdentity identity =
          new ServiceIdentity("decision-service", pair.getPrivate(), AT_NOON);
      assertTrue(loaded.caller(identity.bearerFor("tenant-service")).isPresent());
    }
  }

  @Test
  void namesTheFileThatHoldsNoKey(@TempDir Path keys) throws Exception {
    Path file = Files.writeString(keys.resolve("x.pem"), "secret text");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> PemKeys.readPrivate(file, "Ed25519"));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertFalse(e.getMessage().contains("secret text"), e.getMessage());
  }

  private static Clock clockOf(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  private TrustedServices trustedAt(Clock clock) {
    return new TrustedServices(
        "tenant-service",
        Map.of(
            "decision-service", List.of(decision.getPublic()),
            "audit-service", List.of(audit.getPublic())),
        clock);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
