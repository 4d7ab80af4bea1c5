package app.meshguard.audit.proof;

import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.wire.TenantId;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches a log through the tlog-tiles API into a directory, as a monitor would mirror it. */
final class LogDump {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  LogDump(TenantId tenant) {
    url = RestAssured.baseURI + ":" + RestAssured.port + "/admin/audit/";
    token = TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER);
  }

  void keys(Path file) throws IOException, InterruptedException {
    fetch("keys", file);
  }

  /** All of a log of that size, which is below 65,536. */
  void log(int epoch, int size, Path directory) throws IOException, InterruptedException {
    String base = "log/" + epoch + "/";
    fetch(base + "checkpoint", directory.resolve("checkpoint"));
    for (int n = 0; n * 256 < size; n++) {
      int width = Math.min(256, size - n * 256);
      String name = "%03d".formatted(n) + (width == 256 ? "" : ".p/" + width);
      fetch(base + "tile/0/" + name, directory.resolve("tile/0/" + name));
      fetch(base + "tile/entries/" + name, directory.resolve("tile/entries/" + name));
    }
    if (size >= 256) {
      String name = "000.p/" + size / 256;
      fetch(base + "tile/1/" + name, directory.resolve("tile/1/" + name));
    }
  }

  void fetch(String path, Path file) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path)).header("X-Admin-Token", token).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + new String(answer.body()));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, answer.body());
  }
}
