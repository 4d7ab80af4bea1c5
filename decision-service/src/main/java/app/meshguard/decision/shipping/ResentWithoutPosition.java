package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import java.io.IOException;
import java.util.UUID;

/**
 * A receiver with the fault that the test with kills must find: a batch whose acknowledgement was
 * lost is sent again as a new one, behind whatever is there. Only in the profile test.
 */
final class ResentWithoutPosition implements EvidenceReceiver {
  private final EvidenceReceiver audit;

  /** How many records the audit-service has twice. */
  private long twice;

  ResentWithoutPosition(EvidenceReceiver audit) {
    this.audit = audit;
  }

  @Override
  public JournalPosition register(UUID journal, JournalRegistration registration)
      throws IOException, InterruptedException {
    return own(audit.register(journal, registration));
  }

  @Override
  public JournalPosition send(UUID journal, JournalReader.Batch batch)
      throws IOException, InterruptedException {
    try {
      return own(audit.send(journal, at(batch, batch.firstPosition() + twice)));
    } catch (AuditService.Refused refused) {
      throw refused;
    } catch (IOException lost) {
      long behind = audit.register(journal, new JournalRegistration(null, null)).position() + 1;
      twice = behind - batch.firstPosition();
      return own(audit.send(journal, at(batch, behind)));
    }
  }

  private static JournalReader.Batch at(JournalReader.Batch batch, long position) {
    return new JournalReader.Batch(position, batch.count(), batch.body(), batch.lastRecordLength());
  }

  private JournalPosition own(JournalPosition known) {
    return new JournalPosition(
        known.journal(), known.position() - twice, known.hash(), known.checkpoints());
  }
}
