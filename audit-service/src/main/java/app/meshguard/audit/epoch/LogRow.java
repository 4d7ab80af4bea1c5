package app.meshguard.audit.epoch;

import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.tree.VerifierKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One log of a tenant, with its head as it was signed last. A tenant has one log, and another one
 * after each succession; they follow each other as epochs.
 *
 * @param firstIndex the index of the first entry that it holds
 * @param preamble leaf 0 of a successor, null in a tenant's first log
 * @param checkpoint the signed note that was released; null when nothing of this log is known here
 */
@SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
public record LogRow(
    String tenant,
    int epoch,
    String origin,
    int masterVersion,
    byte[] publicKey,
    long firstIndex,
    byte @Nullable [] preamble,
    long size,
    byte[] root,
    byte @Nullable [] checkpoint,
    @Nullable Instant signedAt,
    State state,
    @Nullable String haltedBecause) {

  /** What {@link #of} reads, of a table called {@code l}. */
  public static final String COLUMNS =
      "l.tenant_id, l.epoch, l.origin, l.master_version, l.public_key, l.first_idx, l.preamble,"
          + " l.size, l.root, l.checkpoint, l.signed_at, l.state, l.halted_because";

  /** What may become of a log: nothing is signed for one that is not open. */
  public enum State {
    OPEN,
    HALTED,
    CLOSED;

    /** As it is stored and shown. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Reads {@link #COLUMNS}. */
  public static LogRow of(Row row) {
    OffsetDateTime signedAt = row.getOffsetDateTime("signed_at");
    return new LogRow(
        row.getString("tenant_id"),
        row.getInteger("epoch"),
        row.getString("origin"),
        row.getShort("master_version"),
        row.getBuffer("public_key").getBytes(),
        row.getLong("first_idx"),
        bytes(row.getBuffer("preamble")),
        row.getLong("size"),
        row.getBuffer("root").getBytes(),
        bytes(row.getBuffer("checkpoint")),
        signedAt == null ? null : signedAt.toInstant(),
        State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
        row.getString("halted_because"));
  }

  private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
    return buffer == null ? null : buffer.getBytes();
  }

  /** Its head, as the guard keeps it. */
  public GuardedHead head() {
    return new GuardedHead(tenant, epoch, origin, masterVersion, size, root);
  }

  /** What its checkpoints are verified with. */
  public VerifierKey verifier() {
    return new VerifierKey(origin, publicKey);
  }

  /** The index of the first entry that no checkpoint covers yet. */
  public long nextIndex() {
    return Math.max(firstIndex, firstIndex + size - lead());
  }

  /** Whether the head covers the entry of this index. */
  public boolean covers(long index) {
    return index >= firstIndex && index < nextIndex();
  }

  /** The number of an entry's leaf in the tree. */
  public long leafOf(long index) {
    return index - firstIndex + lead();
  }

  /** The index of the entry at a leaf; the preamble has none. */
  public long indexOf(long leaf) {
    return firstIndex + leaf - lead();
  }

  private int lead() {
    return preamble == null ? 0 : 1;
  }
}
