package app.meshguard.wire.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica says when it makes its journal known; all of it may be absent.
 *
 * @param receiptKey the verifier key of the receipts that it signs, as signed notes write it
 * @param witnessed the greatest head that it was shown of each log
 */
public record JournalRegistration(
    @Nullable String receiptKey, @Nullable List<SignedHead> witnessed) {

  public JournalRegistration {
    witnessed = witnessed == null ? null : List.copyOf(witnessed);
  }
}
