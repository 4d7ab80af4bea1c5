package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import java.io.IOException;
import java.util.UUID;

/** Where journals are shipped to. Its answers are what has been committed of the journal. */
interface EvidenceReceiver {

  /** Makes the journal known. */
  JournalPosition register(UUID journal, JournalRegistration registration)
      throws IOException, InterruptedException;

  /** Sends a batch. */
  JournalPosition send(UUID journal, JournalReader.Batch batch)
      throws IOException, InterruptedException;
}
