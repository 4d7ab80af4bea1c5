package app.meshguard.decision.receipt;

import app.meshguard.decision.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/receipt-keys}: what a receipt of this replica is checked with. */
@Singleton
class ReceiptRoutes {
  private final byte[] keys;

  ReceiptRoutes(ReceiptKey key) {
    Map<String, String> entry = Map.of("origin", key.origin(), "vkey", key.verifierKey());
    this.keys = new JsonText().value(Map.of("keys", List.of(entry))).toBytes();
  }

  void register(@Observes Router router) {
    router.get("/v1/receipt-keys").handler(this::handle);
  }

  private void handle(RoutingContext ctx) {
    ctx.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(keys));
  }
}
