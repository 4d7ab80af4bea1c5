package app.meshguard.audit.sign;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.tree.TreeHasher;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of one log that no checkpoint covers yet: read back, hashed again, and compared with
 * what the batches said of them when they were committed. What was changed in between is not
 * signed.
 */
final class NewLeaves {
  private static final String ENTRIES =
      "SELECT idx, batch, leaf FROM log_entry WHERE tenant_id = $1 AND idx >= $2 AND idx < $3"
          + " ORDER BY idx";
  private static final String SPANS =
      "SELECT batch, first_idx, entries, leaves_hash FROM batch_span"
          + " WHERE tenant_id = $1 AND batch BETWEEN $2 AND $3";

  private record Span(long firstIndex, int entries, byte[] leavesHash) {}

  private final String tenant;
  private final long from;
  private final long to;
  private final boolean isAll;
  private final Future<RowSet<Row>> entries;

  private NewLeaves(String tenant, long from, long to, boolean isAll, Future<RowSet<Row>> entries) {
    this.tenant = tenant;
    this.from = from;
    this.to = to;
    this.isAll = isAll;
    this.entries = entries;
  }

  /** Entries that are not what was appended. */
  static final class Changed extends Exception {
    private static final long serialVersionUID = 1L;

    Changed(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Sends the query for the entries of [from, to).
   *
   * @param isAll whether the log ends at {@code to}; otherwise a batch that is cut there waits
   */
  static NewLeaves ask(SqlConnection connection, String tenant, long from, long to, boolean isAll) {
    return new NewLeaves(
        tenant,
        from,
        to,
        isAll,
        connection.preparedQuery(ENTRIES).execute(Tuple.of(tenant, from, to)));
  }

  /** The hashes of the leaves, in order. */
  List<byte[]> hashes(SqlConnection connection) throws Changed {
    RowSet<Row> rows = await(entries);
    if (rows.size() == 0) {
      throw new Changed("the entries from " + from + " on are gone");
    }
    Map<Long, Span> spans = spans(connection, rows);
    TreeHasher hasher = new TreeHasher();
    List<byte[]> hashes = new ArrayList<>(rows.size());
    List<byte[]> ofBatch = new ArrayList<>();
    long batch = -1;
    long index = from;
    for (Row row : rows) {
      if (row.getLong(0) != index) {
        throw new Changed("entry " + index + " is missing");
      }
      if (row.getLong(1) != batch) {
        close(spans, batch, index, ofBatch, hashes);
        batch = row.getLong(1);
      }
      ofBatch.add(hasher.leaf(row.getBuffer(2).getBytes()));
      index++;
    }
    if (isAll && index != to) {
      throw new Changed("entry " + index + " is missing");
    }
    Span last = spans.get(batch);
    if (isAll || last == null || last.entries() == ofBatch.size()) {
      close(spans, batch, index, ofBatch, hashes);
    } else if (hashes.isEmpty()) {
      // One batch that is longer than was asked for.
      return ask(connection, tenant, from, from + last.entries(), true).hashes(connection);
    }
    return hashes;
  }

  private Map<Long, Span> spans(SqlConnection connection, RowSet<Row> rows) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Row row : rows) {
      first = Math.min(first, row.getLong(1));
      last = Math.max(last, row.getLong(1));
    }
    Map<Long, Span> spans = new HashMap<>();
    for (Row row : await(connection.preparedQuery(SPANS).execute(Tuple.of(tenant, first, last)))) {
      spans.put(
          row.getLong(0), new Span(row.getLong(1), row.getInteger(2), row.getBuffer(3).getBytes()));
    }
    return spans;
  }

  /** Compares the leaves of one batch with what the batch said, and adds them. */
  private static void close(
      Map<Long, Span> spans, long batch, long end, List<byte[]> ofBatch, List<byte[]> hashes)
      throws Changed {
    if (ofBatch.isEmpty()) {
      return;
    }
    Span span = spans.get(batch);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ofBatch.forEach(all::writeBytes);
    if (span == null
        || span.firstIndex() != end - ofBatch.size()
        || span.entries() != ofBatch.size()
        || !Arrays.equals(span.leavesHash(), EntryId.sha256(all.toByteArray()))) {
      throw new Changed(
          "the entries %d to %d are not those that batch %d appended"
              .formatted(end - ofBatch.size(), end - 1, batch));
    }
    hashes.addAll(ofBatch);
    ofBatch.clear();
  }
}
