package app.meshguard.audit.credential;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** This service's own key and those of the services that it trusts. */
@ConfigMapping(prefix = "meshguard.identity")
interface IdentityConfig {
  /** Own Ed25519 private key, PKCS#8 PEM. */
  Path keyFile();

  /** Directory of {@code <service>.pem} public keys. */
  Path trustedKeys();
}
