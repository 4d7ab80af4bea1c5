package app.meshguard.audit;

import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers {@code POST /internal/credentials/admin} as the tenant-service does, which cannot be
 * started from this module. What it answers is decided by the first character of the key's id, so
 * that a test needs no state here; the end-to-end tests ask the real one.
 */
public final class TenantServiceStandIn implements QuarkusTestResourceLifecycleManager {
  private static final String ALL =
      "agents:read agents:write agents:delete policies:read policies:write policies:delete"
          + " audit:read alerts:read alerts:write trust:read trust:write billing:read billing:write";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Character, List<String>> PERMISSIONS =
      Map.of(
          Known.READER.mark, List.of("agents:read", "audit:read"),
          Known.WITHOUT_PERMISSION.mark, List.of("agents:read"),
          Known.OWNER.mark, List.of(ALL.split(" ")));
  private HttpServer server;

  /** What is known of a token. */
  public enum Known {
    READER('R'),
    OWNER('O'),
    WITHOUT_PERMISSION('W'),
    REVOKED('V'),
    FAILS('F');

    private final char mark;

    Known(char mark) {
      this.mark = mark;
    }
  }

  /** A tenant on the plan free, with one erasure path. */
  public static final char PLAIN = 'p';

  /** A tenant that keeps its log for thirty days. */
  public static final char OWN_DAYS = 'd';

  /** A tenant that has configured no erasure path. */
  public static final char WITHOUT_PATHS = 'w';

  /** A tenant for which the tenant-service fails. */
  public static final char DOWN = 'x';

  /** The one tenant, on a plan that is known, among those that are listed. */
  public static final String LISTED = "org_nightly000000000";

  /** A tenant of which one of the characters above is the first of its id. */
  public static TenantId tenant(char mark) {
    return TenantId.fromOpaque(mark + SampleRecords.tenant().opaque().substring(1));
  }

  /** A token that is answered for as {@code known} says. */
  public static String token(TenantId tenant, Known known) {
    while (true) {
      ApiKey key = ApiKey.generate(ApiKey.Kind.ADMIN_TOKEN, tenant);
      if (key.keyId().charAt(0) == known.mark) {
        return key.text();
      }
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/credentials/admin", this::answer);
    server.createContext("/internal/audit-settings", StandInTenants::settings);
    server.createContext("/internal/replays", StandInTenants::replay);
    server.createContext("/internal/bundles", StandInTenants::policies);
    server.start();
    return Map.of(
        // Tests run it when they want it.
        "meshguard.retention.enabled",
        "false",
        "meshguard.services.tenant-url",
        "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<String> caller =
          TestKeys.trustedBy("tenant-service")
              .caller(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      if (!caller.equals(Optional.of("audit-service"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      AdminIdentity.Query query =
          JSON.readValue(exchange.getRequestBody(), AdminIdentity.Query.class);
      char mark = query.keyId().charAt(0);
      if (PERMISSIONS.containsKey(mark)) {
        List<String> permissions = PERMISSIONS.get(mark);
        byte[] body =
            JSON.writeValueAsBytes(new AdminIdentity(query.tenantId(), query.keyId(), permissions));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      } else {
        exchange.sendResponseHeaders(mark == Known.FAILS.mark ? 500 : 404, -1);
      }
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
