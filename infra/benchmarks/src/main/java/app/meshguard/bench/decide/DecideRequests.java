package app.meshguard.bench.decide;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.load.Request;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the agents under test send. */
final class DecideRequests {
  /** Customers that the limited calls are spread over; each may be written to 50 times an hour. */
  private static final int CUSTOMERS = 4_000;

  static final String LIMIT_POLICY =
      """
      name: bench-limit-policy
      appliesTo:
        tags: [bench-limit]
      rules:
        - action: "write:email"
          effect: allow
          conditions:
            - "rate_limit(50, '1h', request.customer)"
      """;

  static final String LIMIT_TAG = "bench-limit";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DecideRequests() {}

  /** The claims calls to {@code /v1/check}, each with the decision that it must get. */
  static List<Request> checks(String token) throws IOException {
    List<Request> mix = new ArrayList<>();
    for (ClaimsCall call : ClaimsCall.MIX) {
      String decision = call.allowed() ? "allow" : "deny";
      mix.add(
          request(call.name(), "/v1/check", token, body(call), "\"decision\":\"" + decision + '"'));
    }
    return mix;
  }

  /** The very same bytes to the endpoint that reads and answers JSON and does nothing else. */
  static List<Request> baselines(String path, String token) throws IOException {
    List<Request> mix = new ArrayList<>();
    for (ClaimsCall call : ClaimsCall.MIX) {
      mix.add(request("baseline", path, token, body(call), "\"action\":\"" + call.action() + '"'));
    }
    return mix;
  }

  static List<Request> limited(String token) throws IOException {
    List<Request> mix = new ArrayList<>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      Map<String, Object> body =
          Map.of("action", "write:email", "context", Map.of("customer", "customer-" + customer));
      mix.add(request("limited", "/v1/check", token, body, "\"decision\":\"allow\""));
    }
    return mix;
  }

  private static Map<String, Object> body(ClaimsCall call) {
    return Map.of(
        "action", call.action(), "resource", ClaimsCall.RESOURCE, "context", call.context());
  }

  private static Request request(
      String name, String path, String token, Map<String, Object> body, String expected)
      throws IOException {
    return Request.post(
        name,
        path,
        Map.of("Authorization", "Bearer " + token),
        JSON.writeValueAsString(body),
        200,
        expected);
  }
}
