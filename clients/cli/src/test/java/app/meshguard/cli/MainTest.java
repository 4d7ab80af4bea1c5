package app.meshguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String body = "{\"export\":{}}\n{\"end\":{\"entries\":0}}\n";

  @BeforeEach
  void startsServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(
                exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-Admin-Token"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stopsServer() {
    server.stop(0);
  }

  @Test
  void asksForWhatWasAskedFor() throws IOException {
    assertEquals(0, run("token", "--format", "jsonl", "action=read:*", "from=2026-11-20"));

    assertEquals(
        List.of("/api/v1/admin/audit/export?format=jsonl&action=read%3A*&from=2026-11-20 token"),
        asked);
    assertEquals(body, Files.readString(directory.resolve("out")));
  }

  @Test
  void passesOnWhyTheServerRefused() {
    status = 403;
    body = "{\"detail\":\"This needs the permission audit:read.\"}";

    assertEquals(1, run("token", "--format", "csv"));

    assertTrue(said.toString(StandardCharsets.UTF_8).contains("403"));
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("audit:read"));
    assertFalse(Files.exists(directory.resolve("out")));
  }

  @Test
  void takesNoFileThatIsCutOff() {
    body = "{\"export\":{}}\n";

    assertEquals(1, run("token", "--format", "jsonl"));

    assertFalse(Files.exists(directory.resolve("out")));
  }

  @Test
  void saysHowItIsUsed() {
    assertEquals(2, run(null));
    assertEquals(2, run("token", "--format", "xml"));
    assertEquals(2, run("token", "--colour", "red"));
    assertEquals(2, Main.run(List.of(), "token", new PrintStream(said)));
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("Usage: ./meshguard audit export"));
    assertEquals(List.of(), asked);
  }

  private int run(String token, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "--output",
                directory.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return Main.run(arguments, token, new PrintStream(said));
  }
}
