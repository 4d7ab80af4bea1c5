package app.meshguard.tenant.platform;

import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Where connections outside a pool go to: the settings of a named datasource. */
@Singleton
public class DirectDatabase {
  private final Config config;

  DirectDatabase(Config config) {
    this.config = config;
  }

  /** The address and role of the datasource of this name. */
  public PgConnectOptions options(String source) {
    String url =
        setting(source, "reactive.url")
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "quarkus.datasource." + source + ".reactive.url is not set"));
    PgConnectOptions options =
        PgConnectOptions.fromUri(
            url.startsWith("vertx-reactive:") ? url.substring("vertx-reactive:".length()) : url);
    setting(source, "username").ifPresent(options::setUser);
    setting(source, "password").ifPresent(options::setPassword);
    options.setTcpKeepAlive(true);
    return options;
  }

  private Optional<String> setting(String source, String name) {
    return config
        .getOptionalValue("quarkus.datasource." + source + "." + name, String.class)
        .or(
            () ->
                config.getOptionalValue(
                    "quarkus.datasource.\"" + source + "\"." + name, String.class));
  }
}
