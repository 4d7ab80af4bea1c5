package app.meshguard.decision.evidence;

import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;

/** Opens the journal when the service starts. */
class JournalBeans {

  @Produces
  @Singleton
  JournalDirectory directory(JournalConfig config) throws IOException {
    return JournalDirectory.open(config.directory());
  }

  void close(@Disposes JournalDirectory directory) throws IOException {
    directory.close();
  }

  @Produces
  @Singleton
  @Typed(Journal.class)
  Journal journal(JournalDirectory directory, JournalConfig config, Clock clock)
      throws IOException {
    return Journal.open(
        directory.id(),
        directory.storage(),
        Journal.Limits.of(config),
        directory.acknowledged(),
        clock);
  }

  void close(@Disposes Journal journal) {
    journal.close();
  }

  @Produces
  @Singleton
  @Typed(RecordLog.class)
  RecordLog log(Journal journal, JournalConfig config) {
    if (config.plantedFault().isEmpty()) {
      return journal;
    }
    if (!ConfigUtils.isProfileActive("test")) {
      throw new IllegalStateException(
          "meshguard.journal.planted-fault is for the profile test: it breaks the promise that no"
              + " answered decision is lost");
    }
    return AnswerBeforeWrite.named(config.plantedFault().get(), journal);
  }
}
