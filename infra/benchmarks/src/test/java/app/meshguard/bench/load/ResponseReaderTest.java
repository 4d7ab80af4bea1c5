package app.meshguard.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String PLAIN =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 20\r\n\r\n"
          + "{\"decision\":\"allow\"}";

  private final ResponseReader reader = new ResponseReader();

  @Test
  void findsTheEndHoweverTheBytesArrive() {
    for (int i = 0; i < PLAIN.length() - 1; i++) {
      assertFalse(receive(PLAIN.substring(i, i + 1)), "byte " + i);
    }
    assertTrue(receive("}"));
    assertEquals(200, reader.status());
    assertTrue(reader.bodyContains(bytes("\"decision\":\"allow\"")));
    assertFalse(reader.bodyContains(bytes("\"decision\":\"deny\"")));
  }

  @Test
  void looksInTheBodyOnly() {
    receive("HTTP/1.1 403 Forbidden\r\nX-Decision: allow\r\nContent-Length: 4\r\n\r\ndeny");

    assertEquals(403, reader.status());
    assertFalse(reader.bodyContains(bytes("allow")));
  }

  @Test
  void readsTheNextAnswerOfTheSameConnection() {
    receive(PLAIN);
    reader.reset();

    assertTrue(receive("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"));
    assertEquals(503, reader.status());
  }

  @Test
  void readsChunks() {
    assertFalse(receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nallow\r\n"));
    assertFalse(receive("A\r\n012345"));
    assertFalse(receive("6789\r\n0\r\n"));
    assertTrue(receive("\r\n"));
    assertTrue(reader.bodyContains(bytes("allow")));
  }

  @Test
  void growsForALongAnswer() {
    String body = "x".repeat(100_000);
    assertTrue(receive("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body));
  }

  @Test
  void refusesAnAnswerWithoutALength() {
    assertThrows(WrongAnswer.class, () -> receive("HTTP/1.1 200 OK\r\n\r\nbody"));
  }

  private boolean receive(String text) {
    byte[] all = bytes(text);
    boolean whole = false;
    int sent = 0;
    while (sent < all.length) {
      var space = reader.space();
      int count = Math.min(space.remaining(), all.length - sent);
      space.put(all, sent, count);
      whole = reader.received(count);
      sent += count;
    }
    return whole;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
