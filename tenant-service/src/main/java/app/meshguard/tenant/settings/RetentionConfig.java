package app.meshguard.tenant.settings;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/**
 * How long a tenant may have its audit log keep records, whatever the plan keeps them by itself.
 */
@ConfigMapping(prefix = "meshguard.retention")
public interface RetentionConfig {
  /** Of a plan that is not named: what every plan may have. */
  int LEAST = 30;

  /** Days by plan. */
  Map<String, Integer> most();
}
