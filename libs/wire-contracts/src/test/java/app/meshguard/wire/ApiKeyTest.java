package app.meshguard.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  private static final TenantId TENANT = new TenantId("org_0123456789abcdef");

  @Test
  void readsWhatItMakes() {
    for (ApiKey.Kind kind : ApiKey.Kind.values()) {
      ApiKey made = ApiKey.generate(kind, TENANT);
      ApiKey read = ApiKey.parse(made.text()).orElseThrow();
      assertEquals(kind, read.kind());
      assertEquals(TENANT, read.tenant());
      assertEquals(made.keyId(), read.keyId());
      assertEquals(made.text(), read.text());
      assertEquals(made.sha256(), read.sha256());
    }
  }

  @Test
  void refusesEveryOtherForm() {
    for (ApiKey.Kind kind : ApiKey.Kind.values()) {
      String text = ApiKey.generate(kind, TENANT).text();
      for (int i = 0; i < text.length(); i++) {
        for (char other :
            new char[] {'_', '-', '/', ':', '@', '[', '`', '{', ' ', '\n', '\u0661'}) {
          if (text.charAt(i) != other) {
            refused(text.substring(0, i) + other + text.substring(i + 1));
          }
        }
        char digit = text.charAt(i) == 'a' ? 'b' : 'a';
        refused(text.substring(0, i) + digit + text.substring(i + 1));
        refused(text.substring(0, i));
      }
      List.of(text + "0", text + "\n", " " + text, text + text, "x".repeat(100_000))
          .forEach(ApiKeyTest::refused);
    }
  }

  private static void refused(String text) {
    assertTrue(ApiKey.parse(text).isEmpty(), text);
  }
}
