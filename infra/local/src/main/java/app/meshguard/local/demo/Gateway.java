package app.meshguard.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Plain HTTP to one base URL, as any client would speak it. */
final class Gateway {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final HttpClient http;
  private final URI base;

  Gateway(HttpClient http, URI base) {
    this.http = http;
    this.base = base;
  }

  /** The same client, against another address. */
  Gateway at(URI other) {
    return new Gateway(http, other);
  }

  Answer get(String path, Map<String, String> headers) {
    return send("GET", path, headers, BodyPublishers.noBody());
  }

  Answer delete(String path, Map<String, String> headers) {
    return send("DELETE", path, headers, BodyPublishers.noBody());
  }

  Answer json(String method, String path, Map<String, String> headers, Object body) {
    try {
      return send(
          method,
          path,
          Headers.and(headers, "Content-Type", "application/json"),
          BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body cannot be written as JSON", e);
    }
  }

  Answer yaml(String path, Map<String, String> headers, String document) {
    return send(
        "POST",
        path,
        Headers.and(headers, "Content-Type", "application/yaml"),
        BodyPublishers.ofString(document));
  }

  private Answer send(String method, String path, Map<String, String> headers, BodyPublisher body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    headers.forEach(request::header);
    try {
      var response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(method + " " + path, response.statusCode(), parsed(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + base.resolve(path) + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during " + method + " " + path, e);
    }
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** An answer as it came, JSON or not. */
  record Answer(String request, int status, JsonNode body) {

    /** This answer, when it says that the request was carried out. */
    Answer succeeded() {
      if (status < 200 || status > 299) {
        throw new IllegalStateException(request + " answered " + status + ": " + body);
      }
      return this;
    }

    String text(String field) {
      var value = body.path(field);
      if (!value.isTextual()) {
        throw new IllegalStateException(request + " answered without " + field);
      }
      return value.textValue();
    }
  }
}
