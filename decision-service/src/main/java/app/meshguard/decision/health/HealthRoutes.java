package app.meshguard.decision.health;

import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.bundle.FeedState;
import app.meshguard.decision.bundle.Freshness;
import app.meshguard.decision.decide.Mode;
import app.meshguard.decision.json.JsonText;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code GET /health} and {@code GET /}. */
@Singleton
class HealthRoutes {
  private final SafeToDecide safe;
  private final Bundles bundles;
  private final Freshness freshness;
  private final FeedState feed;
  private final Clock clock;
  private final String mode;
  private final String version;

  HealthRoutes(
      SafeToDecide safe,
      Bundles bundles,
      Freshness freshness,
      FeedState feed,
      Clock clock,
      Mode mode,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.safe = safe;
    this.bundles = bundles;
    this.freshness = freshness;
    this.feed = feed;
    this.clock = clock;
    this.mode = mode.text();
    this.version = version;
  }

  void register(@Observes Router router) {
    router.get("/health").handler(this::health);
    router.get("/").handler(this::index);
  }

  private void health(RoutingContext ctx) {
    String obstacle = safe.obstacle();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", obstacle == null ? "healthy" : "unhealthy");
    json.put("timestamp", clock.instant().toString());
    json.put("version", version);
    json.put("mode", mode);
    json.put("feed", feed.isConnected() ? "connected" : "disconnected");
    if (freshness.isHeard()) {
      json.put("bundleAgeMs", freshness.ageMs());
    }
    json.put("tenants", bundles.size());
    if (obstacle != null) {
      json.put("reason", obstacle);
    }
    answer(ctx, obstacle == null ? 200 : 503, json);
  }

  private void index(RoutingContext ctx) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "MeshGuard");
    json.put("version", version);
    json.put("mode", mode);
    json.put("capabilities", List.of("check", "batch", "explain", "proxy", "audit"));
    answer(ctx, 200, json);
  }

  private static void answer(RoutingContext ctx, int status, Map<String, Object> json) {
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(new JsonText().value(json).toBuffer());
  }
}
