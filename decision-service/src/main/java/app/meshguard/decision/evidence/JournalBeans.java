package app.meshguard.decision.evidence;

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
  Journal journal(
      JournalDirectory directory, JournalConfig config, EvidenceConfig evidence, Clock clock)
      throws IOException {
    return Journal.open(
        directory.id(),
        directory.storage(),
        Journal.Limits.of(config, evidence),
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
    return PlantedFault.of(config) == PlantedFault.ANSWER_BEFORE_WRITE
        ? new AnswerBeforeWrite(journal)
        : journal;
  }
}
