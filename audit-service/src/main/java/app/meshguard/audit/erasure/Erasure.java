package app.meshguard.audit.erasure;

import app.meshguard.audit.subject.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of one person from one tenant's log, as far as it has come.
 *
 * @param id {@code era_…}
 * @param requestedBy the admin token's id
 * @param nextIndex everything below was looked at
 * @param endIndex where the log ended when it was asked for: what came later is not part of it
 * @param erased entries that were about the person and are destroyed
 * @param held entries that are about the person and that a hold keeps
 * @param heldBy the holds that do
 * @param unerasable entries about the person from before payloads were sealed
 * @param unreadable entries whose payload cannot be opened, so that nobody can say whom they
 *     concern
 */
record Erasure(
    String id,
    Subject subject,
    String requestedBy,
    Instant requestedAt,
    long nextIndex,
    long endIndex,
    long erased,
    long held,
    List<String> heldBy,
    long unerasable,
    long unreadable,
    @Nullable Instant finishedAt) {
  Erasure {
    heldBy = List.copyOf(heldBy);
  }
}
