package app.meshguard.local.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.processes.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrontIT {
  private static final Vertx vertx = Vertx.vertx();
  private static final HttpClient http = HttpClient.newHttpClient();
  private static final AtomicReference<HttpServerRequest> streaming = new AtomicReference<>();
  private static final CompletableFuture<Void> streamEnded = new CompletableFuture<>();
  private static int port;

  @BeforeAll
  static void startsFront() throws Exception {
    int service =
        await(vertx.createHttpServer().requestHandler(FrontIT::answer).listen(0, "127.0.0.1"))
            .actualPort();
    port =
        await(
            Front.start(
                vertx,
                0,
                Map.of(
                    Upstream.DECISION, URI.create("http://127.0.0.1:" + service),
                    Upstream.TENANT, URI.create("http://127.0.0.1:" + service),
                    Upstream.AUDIT, URI.create("http://127.0.0.1:" + FreePorts.next()))));
  }

  @AfterAll
  static void closes() throws Exception {
    await(vertx.close());
  }

  private static void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/v1/stream" -> {
        request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        request.response().write("data: first\n\n");
        request.response().closeHandler(closed -> streamEnded.complete(null));
        streaming.set(request);
      }
      case "/v1/broken" -> {
        request.response().setChunked(true).write("half");
        vertx.setTimer(50, fired -> request.connection().close());
      }
      default ->
          request
              .body()
              .onSuccess(
                  body ->
                      request
                          .response()
                          .setStatusCode(207)
                          .putHeader("X-Seen-Uri", request.uri())
                          .putHeader("X-Seen-Connection", "" + request.getHeader("X-Hop"))
                          .putHeader("X-Seen-Host", request.getHeader("Host"))
                          .end(body));
    }
  }

  @Test
  void passesPathQueryHeadersAndBodyOnAsTheyCame() throws Exception {
    HttpResponse<String> response =
        http.send(
            request("/proxy/a%20b//c/../d?x=1%2f2&y")
                .POST(HttpRequest.BodyPublishers.ofString("a body"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertEquals(207, response.statusCode());
    assertEquals("a body", response.body());
    assertEquals("/proxy/a%20b//c/../d?x=1%2f2&y", header(response, "X-Seen-Uri"));
    assertEquals("127.0.0.1:" + port, header(response, "X-Seen-Host"));
  }

  @Test
  void dropsWhatBelongsToTheConnection() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      write(
          socket,
          "GET /v1/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: X-Hop\r\nX-Hop: secret\r\n\r\n");
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.toLowerCase(Locale.ROOT).contains("x-seen-connection: null"), answer);
    }
  }

  @Test
  void streamsTheBodyOfARequest() throws Exception {
    byte[] large = new byte[3 << 20];
    HttpResponse<byte[]> response =
        http.send(
            request("/proxy/upload")
                .PUT(
                    HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertEquals(large.length, response.body().length);
  }

  @Test
  void streamsEventsAsTheyComeAndTellsTheServiceWhenNobodyListens() throws Exception {
    HttpResponse<InputStream> response =
        http.send(request("/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertEquals("data: first", lines.readLine());
      assertEquals("", lines.readLine());

      streaming.get().response().write("data: second\n\n");

      assertEquals("data: second", lines.readLine());
    }
    assertNull(streamEnded.get(30, TimeUnit.SECONDS));
  }

  @Test
  void doesNotLetABrokenAnswerLookWhole() {
    assertThrows(
        IOException.class,
        () -> http.send(request("/v1/broken").build(), HttpResponse.BodyHandlers.ofString()));
  }

  @Test
  void answersForAServiceThatIsNotThere() throws Exception {
    HttpResponse<String> response =
        http.send(
            request("/admin/audit").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertEquals(503, response.statusCode());
    assertEquals("application/problem+json", header(response, "Content-Type"));
    assertTrue(response.body().contains("\"code\":\"unavailable\""), response.body());
  }

  @Test
  void routesNothingInternal() throws Exception {
    HttpResponse<String> response =
        http.send(request("/internal/bundles").build(), HttpResponse.BodyHandlers.ofString());

    assertEquals(404, response.statusCode());
    assertEquals("application/problem+json", header(response, "Content-Type"));
    assertTrue(response.body().contains("\"code\":\"not_found\""), response.body());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
