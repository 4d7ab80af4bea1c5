package app.meshguard.audit.ingest;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the way into the log. */
@ConfigMapping(prefix = "meshguard.evidence")
public interface EvidenceConfig {

  /** Breaks the promise on purpose, for the test that must find it; only in the profile test. */
  Optional<String> plantedFault();
}
