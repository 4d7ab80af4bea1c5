package app.meshguard.audit.stream;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RunningAuditService
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamResourceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final TenantId tenant = SampleRecords.tenant();

  @TestHTTPResource("/admin/audit/stream")
  URI stream;

  @Test
  void sendsWhatIsAppendedFromNowOn() throws Exception {
    ship("before");
    try (Listener listener = listen("", null)) {
      ship("first", "second");
      Shipper.registered().ship(List.of(SampleRecords.decision(SampleRecords.tenant())));
      ship("third");

      assertEquals(List.of("1 first", "2 second", "3 third"), listener.take(3));
    }
  }

  @Test
  void goesOnAfterTheLastEvent() throws Exception {
    List<String> traces = IntStream.range(0, 350).mapToObj(i -> "t" + i).toList();
    ship(traces.toArray(String[]::new));
    try (Listener listener = listen("", "9")) {
      List<String> events = listener.take(340);
      ship("last");

      assertEquals(IntStream.range(10, 350).mapToObj(i -> i + " t" + i).toList(), events);
      assertEquals(List.of("350 last"), listener.take(1));
    }
  }

  @Test
  void sendsWhatTheFilterLetsThrough() throws Exception {
    ship("zero");
    try (Listener listener = listen("?traceId=wanted&q=owner&action=write:*", "0")) {
      ship("other", "wanted", "other", "wanted");

      assertEquals(List.of("2 wanted", "4 wanted"), listener.take(2));
    }
  }

  @Test
  void startsNowWithAnIdThatWasNeverGiven() throws Exception {
    ship("before");
    try (Listener listener = listen("", "999999")) {
      ship("after");

      assertEquals(List.of("1 after"), listener.take(1));
    }
  }

  @Test
  void refusesWhatIsWrong() {
    given()
        .header("X-Admin-Token", token())
        .header("Last-Event-ID", "x")
        .accept("text/event-stream")
        .queryParam("limit", 1)
        .queryParam("kind", "x")
        .get("/admin/audit/stream")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.path", hasItems("limit", "kind", "Last-Event-ID"));
    given().accept("text/event-stream").get("/admin/audit/stream").then().statusCode(401);
  }

  private final class Listener implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Stream<String> lines;
    private final Iterator<String> next;

    Listener(String query, String lastId) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(stream + query))
              .header("X-Admin-Token", token())
              .header("Accept", "text/event-stream");
      if (lastId != null) {
        request.header("Last-Event-ID", lastId);
      }
      HttpResponse<Stream<String>> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      assertEquals(200, answer.statusCode());
      lines = answer.body();
      next = lines.iterator();
      // The comment that says that the stream is open.
      String line = next.next();
      assertTrue(line.startsWith(":"), line);
    }

    List<String> take(int count) throws Exception {
      List<String> events = new ArrayList<>();
      String id = "";
      while (events.size() < count) {
        String line = next.next();
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          events.add(id + " " + JSON.readTree(line.substring(5)).get("traceId").asText());
        }
      }
      return events;
    }

    @Override
    public void close() {
      http.shutdownNow();
      lines.close();
    }
  }

  private Listener listen(String query, String lastId) throws Exception {
    return new Listener(query, lastId);
  }

  private String token() {
    return TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER);
  }

  private void ship(String... traces) {
    Shipper.registered()
        .ship(
            Stream.of(traces)
                .map(trace -> with(SampleRecords.decision(tenant), "traceId", trace))
                .toList());
  }
}
