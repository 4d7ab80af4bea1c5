package app.meshguard.tenant.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of agent tokens. */
@ConfigMapping(prefix = "meshguard.tokens")
public interface TokenConfig {
  /** RSA private keys, {@code <kid>.pem}; the greatest kid signs, all are published. */
  Path keyDirectory();

  /** How long a token is good for when nothing else is asked for. */
  @WithDefault("24h")
  Duration lifetime();

  /** The longest life that may be asked for; revocations are published for as long. */
  @WithDefault("30d")
  Duration longestLifetime();
}
