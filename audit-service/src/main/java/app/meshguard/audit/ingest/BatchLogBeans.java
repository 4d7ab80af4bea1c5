package app.meshguard.audit.ingest;

import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the log that batches are appended to: the real one, unless a test asks for a fault. */
class BatchLogBeans {

  @Produces
  @Singleton
  BatchLog log(PostgresEvidenceLog log, EvidenceConfig config) {
    if (config.plantedFault().isEmpty()) {
      return log;
    }
    if (!ConfigUtils.isProfileActive("test")) {
      throw new IllegalStateException(
          "meshguard.evidence.planted-fault is for the profile test: it breaks the promise that no"
              + " answered decision is lost");
    }
    return AcknowledgeBeforeCommit.named(config.plantedFault().get(), log);
  }
}
