package app.meshguard.wire.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the audit-service has committed of a journal: the answer of {@code POST /internal/evidence}
 * and of {@code PUT /internal/evidence/journals/{journal}}.
 *
 * @param journal UUID of the journal
 * @param position the last committed position, 0 when there is none
 * @param hash lower-case hex SHA-256 of the record at that position; absent at position 0
 * @param checkpoints the signed heads of the logs that the batch went to; a shipper remembers the
 *     greatest of each
 */
public record JournalPosition(
    String journal,
    long position,
    @Nullable String hash,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<SignedHead> checkpoints) {

  public JournalPosition {
    checkpoints = checkpoints == null ? null : List.copyOf(checkpoints);
  }

  public JournalPosition(String journal, long position, @Nullable String hash) {
    this(journal, position, hash, null);
  }

  /** The same with the heads; none are left out. */
  public JournalPosition with(List<SignedHead> heads) {
    return new JournalPosition(journal, position, hash, heads.isEmpty() ? null : heads);
  }
}
