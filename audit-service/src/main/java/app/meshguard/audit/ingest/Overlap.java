package app.meshguard.audit.ingest;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** How a batch lies to what is committed of its journal. */
sealed interface Overlap {
  /** The records from this index of the batch on are new; none may be: then it is the size. */
  record Continues(int firstNew) implements Overlap {}

  /** Records between the last committed and the first of the batch are missing. */
  record Gap() implements Overlap {}

  /** Another record is committed at this position of the batch. */
  record Conflict(long position) implements Overlap {}

  /**
   * Compares.
   *
   * @param committed the last committed position, 0 when there is none
   * @param hash the hash of the record there
   */
  static Overlap of(EvidenceBatch batch, long committed, byte @Nullable [] hash) {
    if (batch.firstPosition() > committed + 1) {
      return new Gap();
    }
    boolean covered = batch.firstPosition() <= committed && committed <= batch.lastPosition();
    if (covered && !MessageDigest.isEqual(batch.hashAt(committed), hash)) {
      return new Conflict(committed);
    }
    long known = Math.min(committed, batch.lastPosition()) - batch.firstPosition() + 1;
    return new Continues(Math.toIntExact(Math.max(0, known)));
  }
}
