package app.meshguard.bench.decide;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads a service's {@code /q/metrics}. */
final class ServiceMetrics {
  private final HttpClient http;
  private final HttpRequest request;

  ServiceMetrics(HttpClient http, URI service) {
    this.http = http;
    this.request =
        HttpRequest.newBuilder(service.resolve("/q/metrics"))
            .header("Accept", "text/plain; version=0.0.4")
            .build();
  }

  /** The sum over all labels of the metric {@code name}. */
  double read(String name) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return sum(answer.body(), name);
  }

  static double sum(String exposition, String name) throws IOException {
    double sum = 0;
    boolean found = false;
    for (String line : exposition.lines().toList()) {
      if (line.startsWith(name)
          && line.length() > name.length()
          && (line.charAt(name.length()) == ' ' || line.charAt(name.length()) == '{')) {
        String afterLabels = line.substring(Math.max(name.length(), line.lastIndexOf('}') + 1));
        sum += Double.parseDouble(afterLabels.strip().split(" ", 2)[0]);
        found = true;
      }
    }
    if (!found) {
      throw new IOException("The service has no metric " + name);
    }
    return sum;
  }
}
