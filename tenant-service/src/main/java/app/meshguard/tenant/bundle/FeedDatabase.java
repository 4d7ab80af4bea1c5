package app.meshguard.tenant.bundle;

import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where the listener connects to: the settings of the datasource {@code feed}, outside its pool.
 */
@Singleton
class FeedDatabase {
  private final Config config;

  FeedDatabase(Config config) {
    this.config = config;
  }

  PgConnectOptions options() {
    String url = setting("reactive.url").orElseThrow(() -> missing("reactive.url"));
    PgConnectOptions options =
        PgConnectOptions.fromUri(
            url.startsWith("vertx-reactive:") ? url.substring("vertx-reactive:".length()) : url);
    setting("username").ifPresent(options::setUser);
    setting("password").ifPresent(options::setPassword);
    options.setTcpKeepAlive(true);
    return options;
  }

  private Optional<String> setting(String name) {
    return config
        .getOptionalValue("quarkus.datasource.feed." + name, String.class)
        .or(() -> config.getOptionalValue("quarkus.datasource.\"feed\"." + name, String.class));
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException("quarkus.datasource.feed." + name + " is not set");
  }
}
