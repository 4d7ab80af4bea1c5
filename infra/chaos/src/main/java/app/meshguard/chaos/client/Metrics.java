package app.meshguard.chaos.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads single figures from a service's Prometheus page. */
public final class Metrics {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Metrics() {}

  /** The sum over all series of {@code name}; NaN while the service does not answer. */
  public static double value(String service, String name) {
    try {
      String page =
          CLIENT
              .send(
                  HttpRequest.newBuilder(URI.create(service + "/q/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return page.lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .reduce(Double::sum)
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
