package app.meshguard.decision.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.json.InvalidJson;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

  @Test
  void knowsAddressesThatAreNotPublic() throws UnknownHostException {
    for (String address :
        List.of(
            "127.0.0.1",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::ffff:10.0.0.1",
            "2001::1",
            "198.19.0.1")) {
      assertTrue(NonPublicAddress.is(InetAddress.getByName(address)), address);
    }
    for (String address : List.of("1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111")) {
      assertFalse(NonPublicAddress.is(InetAddress.getByName(address)), address);
    }
  }
}
