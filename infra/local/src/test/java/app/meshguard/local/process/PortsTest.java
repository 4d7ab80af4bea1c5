package app.meshguard.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path directory;

  @Test
  void staysWithAPortFromOneStartToTheNext() {
    int first = ports().of("tenant-service", false);

    assertEquals(first, ports().of("tenant-service", false));
    assertNotEquals(first, ports().of("audit-service", false));
  }

  @Test
  void leavesAPortThatAnotherProgramTook() throws Exception {
    int first = ports().of("tenant-service", false);
    try (ServerSocket other = new ServerSocket(first, 1, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(first, other.getLocalPort());

      assertNotEquals(first, ports().of("tenant-service", false));
    }
  }

  @Test
  void knowsThatARunningProcessTakesItsOwnPort() throws Exception {
    int first = ports().of("tenant-service", false);
    try (ServerSocket itself = new ServerSocket(first, 1, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(itself.getLocalPort(), ports().of("tenant-service", true));
    }
  }

  private Ports ports() {
    return new Ports(directory.resolve("ports.properties"));
  }
}
