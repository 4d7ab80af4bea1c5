package app.meshguard.audit.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** What makes one deployment's logs its own. */
@ConfigMapping(prefix = "meshguard.log")
public interface LogConfig {
  /** Directory of {@code <n>.key} files, 32 bytes in base64 each: the greatest seals, all open. */
  Path masterDirectory();

  /** Where the highest signed heads are kept, outside the database. */
  Path guardDirectory();

  /** What the names of this deployment's logs begin with; never changed once there is a log. */
  @WithDefault("meshguard.local")
  String origin();
}
