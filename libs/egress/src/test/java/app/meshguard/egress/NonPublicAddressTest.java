package app.meshguard.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonPublicAddressTest {
  @Test
  void areRefusedWhereNobodyAllowedThem() throws IOException {
    assertThrows(RefusedAddress.class, () -> Destination.of("127.0.0.1", false));
    assertEquals("127.0.0.1", Destination.of("127.0.0.1", true).getHostAddress());
    assertEquals("1.1.1.1", Destination.of("1.1.1.1", false).getHostAddress());
  }

  @Test
  void areKnownInEveryRange() throws UnknownHostException {
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
