package app.meshguard.tenant.target;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlsTest {
  private final TargetUrls open = new TargetUrls(false);
  private final TargetUrls local = new TargetUrls(true);

  @ParameterizedTest
  @ValueSource(strings = {"https://api.example.com", "https://api.example.com:8443/v1/x"})
  void takesPublicHttpsUrls(String url) {
    assertNull(open.problemOf(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com",
        "ftp://api.example.com",
        "https://user:pass@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com#x",
        "https://api.example.com/a/../b",
        "https://api.example.com/a//b",
        "https://api.example.com/%2e%2e",
        "https://10.0.0.1",
        "https://[::1]",
        "https://2130706433",
        "https://localhost",
        "https://db.internal",
        "https://printer.local",
        "https://api.example.com:0",
        "https://",
        "//api.example.com",
        "api.example.com",
        "https://exa mple.com"
      })
  void refusesTheRest(String url) {
    assertNotNull(open.problemOf(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000", "http://localhost:9000/api", "https://[::1]:1"})
  void takesPrivateOnesWhereTheDeploymentAllowsIt(String url) {
    assertNull(local.problemOf(url));
  }
}
