package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.RequestObject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be a target. This finds what can be told from the text; what a name resolves
 * to is tested by the gateway, each time that it connects.
 */
@Singleton
class TargetUrls {
  private final boolean privateAllowed;

  TargetUrls(
      @ConfigProperty(name = "meshguard.egress.allow-private", defaultValue = "false")
          boolean privateAllowed) {
    this.privateAllowed = privateAllowed;
  }

  /** The URL without a slash at its end; what is wrong with it is said in {@code json}. */
  String checked(RequestObject json, String text) {
    if (text.isEmpty()) {
      return text;
    }
    String problem = problemOf(text);
    if (problem != null) {
      json.fault("baseUrl", problem);
      return text;
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Nullable String problemOf(String text) {
    URI uri;
    try {
      uri = new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      return "is not a URL, such as https://api.example.com/v1";
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return "must be an https URL, such as https://api.example.com/v1";
    }
    if (scheme.equals("http") && !privateAllowed) {
      return "must be https (this deployment does not allow private targets)";
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      return "has no host";
    }
    if (uri.getRawUserInfo() != null) {
      return "must not have credentials in it; put them into headers";
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "must not have a query or a fragment";
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return "has a port that is not from 1 to 65535";
    }
    String path = uri.getRawPath();
    if (path.contains("//") || !path.equals(uri.normalize().getRawPath()) || path.contains("%")) {
      return "must have a plain path, without .., // and escapes";
    }
    return privateAllowed ? null : hostProblem(uri.getHost().toLowerCase(Locale.ROOT));
  }

  private static @Nullable String hostProblem(String host) {
    boolean address = host.startsWith("[") || host.matches("[0-9.]+|0x[0-9a-f.x]+");
    if (address || !host.contains(".")) {
      return "must name its host by a public DNS name";
    }
    if (host.matches(".*\\.(localhost|local|internal|lan|home|corp|intranet|home\\.arpa)\\.?")) {
      return "must name its host by a public DNS name, not one of a private network";
    }
    return null;
  }
}
