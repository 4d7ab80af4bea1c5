package app.meshguard.decision.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.decision.json.InvalidJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingRulesTest {

  @Test
  void decidesOnWhatIsSent() {
    assertEquals(new CanonicalPath("api/users", "/api/users"), CanonicalPath.of("/api/users"));
    assertEquals(new CanonicalPath("api/users", "/api/users"), CanonicalPath.of("/api/us%65rs"));
    assertEquals(new CanonicalPath("a b/ü", "/a%20b/%C3%BC"), CanonicalPath.of("/a%20b/%c3%bc"));
    assertEquals(new CanonicalPath("a?b", "/a%3Fb"), CanonicalPath.of("/a%3fb"));
    assertEquals(new CanonicalPath("v1.2/x..y", "/v1.2/x..y"), CanonicalPath.of("/v1.2/x..y"));
    assertEquals(new CanonicalPath("", "/"), CanonicalPath.of("/"));
  }

  @Test
  void refusesWhatServersReadInDifferentWays() {
    for (String path :
        List.of(
            "/a/../b",
            "/a/..",
            "/./a",
            "//a",
            "/a//b",
            "/a%2fb",
            "/a%2Fb",
            "/%2e%2e/a",
            "/a%2e",
            "/a\\b",
            "/a%5cb",
            "/a%00",
            "/a%0d%0ab",
            "/a;x=1",
            "/a%3bx",
            "/a%252fb",
            "/a%",
            "/a%4",
            "/a%zz",
            "/a%-1",
            "/a%c0%af",
            "/a%ff",
            "/a b",
            "/ü",
            "a",
            "",
            "/a%C2%85b")) {
      assertThrows(InvalidJson.class, () -> CanonicalPath.of(path), path);
    }
  }
}
