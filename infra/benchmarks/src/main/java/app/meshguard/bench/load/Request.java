package app.meshguard.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request as bytes, ready to be sent again and again, and the answer that it must get. */
public final class Request {
  private final String name;
  private final byte[] bytes;
  private final int expectedStatus;
  private final byte[] expectedInBody;

  private Request(String name, byte[] bytes, int expectedStatus, byte[] expectedInBody) {
    this.name = name;
    this.bytes = bytes;
    this.expectedStatus = expectedStatus;
    this.expectedInBody = expectedInBody;
  }

  /**
   * A POST of JSON.
   *
   * @param expectedInBody text that must stand in the body of a right answer, for instance {@code
   *     "decision":"deny"}
   */
  public static Request post(
      String name,
      String path,
      Map<String, String> headers,
      String json,
      int expectedStatus,
      String expectedInBody) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    StringBuilder head =
        new StringBuilder(256).append("POST ").append(path).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nContent-Type: application/json\r\n");
    headers.forEach((key, value) -> head.append(key).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(body, 0, all, headBytes.length, body.length);
    return new Request(name, all, expectedStatus, expectedInBody.getBytes(StandardCharsets.UTF_8));
  }

  public String name() {
    return name;
  }

  ByteBuffer toSend() {
    return ByteBuffer.wrap(bytes);
  }

  /**
   * Throws if the answer is not the expected one: a benchmark of wrong answers measures nothing.
   */
  void verify(ResponseReader answer) {
    if (answer.status() != expectedStatus || !answer.bodyContains(expectedInBody)) {
      throw new WrongAnswer(
          "%s: expected status %d and %s, got:%n%s"
              .formatted(
                  name,
                  expectedStatus,
                  new String(expectedInBody, StandardCharsets.UTF_8),
                  answer.text()));
    }
  }
}
