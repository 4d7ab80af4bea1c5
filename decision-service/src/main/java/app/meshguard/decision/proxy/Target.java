package app.meshguard.decision.proxy;

import app.meshguard.identity.SecretsKey;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's calls go, ready for use.
 *
 * @param headers set on each call, opened
 * @param trustsDeclaredActions whether an action that the agent names replaces the route's
 */
record Target(
    @Nullable URI base,
    RouteTable routes,
    Map<String, String> headers,
    boolean trustsDeclaredActions) {

  static final Target NONE = new Target(null, new RouteTable(null), Map.of(), false);

  /** Without a target calls are decided and recorded too, and go nowhere. */
  static Target of(TenantId tenant, @Nullable TargetEntry entry, SecretsKey secrets) {
    if (entry == null) {
      return NONE;
    }
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, String> header : entry.sealedHeaders().entrySet()) {
      String purpose = tenant + "/" + entry.id() + "/" + header.getKey();
      headers.put(header.getKey(), secrets.open(header.getValue(), purpose));
    }
    return new Target(
        URI.create(entry.baseUrl()),
        new RouteTable(entry),
        headers,
        entry.declaredActions().equals("trusted"));
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Target[" + base + "]";
  }
}
