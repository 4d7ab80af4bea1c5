package app.meshguard.tenant.target;

import app.meshguard.identity.SecretsKey;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestValue;
import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Headers that the gateway sets on calls to a target: written by admins, read back by nobody. */
@Singleton
class InjectedHeaders {
  private static final int MOST = 50;
  private static final int LONGEST = 8192;

  /** Those that belong to the connection, to the message's framing, or to us. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "expect");

  private final SecretsKey secrets;

  InjectedHeaders(SecretsKey secrets) {
    this.secrets = secrets;
  }

  /**
   * The headers of the request, each value sealed for this tenant, target and header.
   *
   * @param before sealed headers that stay unless the request names them; null removes one
   */
  Map<String, String> read(
      RequestObject json, TenantId tenant, String targetId, Map<String, String> before) {
    Map<String, String> sealed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sealed.putAll(before);
    json.entries("headers", MOST)
        .forEach(
            (name, value) -> {
              if (value.value().isNull()) {
                sealed.remove(name);
              } else if (valid(name, value)) {
                // The name's spelling is part of the purpose, so an older one must not stay.
                sealed.remove(name);
                sealed.put(
                    name,
                    secrets.seal(
                        String.valueOf(value.text()),
                        tenant.value() + "/" + targetId + "/" + name));
              }
            });
    return Map.copyOf(sealed);
  }

  private static boolean valid(String name, RequestValue value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")) {
      value.fault().accept("is not a header name");
    } else if (RESERVED.contains(lower) || lower.startsWith("x-meshguard-")) {
      value.fault().accept("cannot be injected: it belongs to the connection or to MeshGuard");
    } else if (value.text() == null
        || value.text().length() > LONGEST
        || !value.text().matches("[\\x20-\\x7e]+")) {
      value.fault().accept("must be text of visible ASCII characters, " + LONGEST + " at most");
    } else {
      return true;
    }
    return false;
  }
}
