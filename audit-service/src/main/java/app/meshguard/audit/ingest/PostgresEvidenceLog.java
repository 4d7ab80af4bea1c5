package app.meshguard.audit.ingest;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.Database;
import app.meshguard.audit.seal.Payloads;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.JournalPosition;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the log: one transaction each, all of it or nothing. INVARIANT: indexes and
 * batch numbers are read and moved only under the one ingest lock, so that they have no gap and
 * become visible in order.
 */
@ApplicationScoped
@Typed(PostgresEvidenceLog.class)
class PostgresEvidenceLog implements BatchLog {
  private static final int STATEMENT_MILLIS = 30_000;
  private static final int LOCK_MILLIS = 10_000;

  private static final String LOCK = "SELECT last_batch FROM ingest_lock FOR UPDATE";
  private static final String JOURNAL =
      "SELECT last_position, last_hash, clock_timestamp() AS now FROM journal WHERE journal = $1"
          + " AND service = $2 FOR UPDATE";
  private static final String HEADS =
      "SELECT tenant_id, next_index FROM head WHERE tenant_id = ANY ($1)";
  private static final String KNOWN =
      "SELECT last_position, last_hash FROM batch WHERE journal = $1 AND last_position BETWEEN $2"
          + " AND $3 ORDER BY last_position";
  private static final String APPEND =
      "INSERT INTO log_entry (batch, appended_at, tenant_id, idx, ordinal, leaf, seed, payload)"
          + " SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[], $5::int[], $6::bytea[],"
          + " $7::bytea[], $8::bytea[])";
  private static final String QUARANTINE =
      "INSERT INTO quarantine (journal, quarantined_at, position, error, record)"
          + " SELECT $1, $2, * FROM unnest($3::bigint[], $4::text[], $5::bytea[])";
  private static final String MOVE =
      "WITH moved_lock AS (UPDATE ingest_lock SET last_batch = $1),"
          + " moved_journal AS (UPDATE journal SET last_position = $4, last_hash = $5"
          + " WHERE journal = $2),"
          + " numbered AS (INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $6, $7, $8)),"
          + " spans AS (SELECT * FROM unnest($9::text[], $10::bigint[], $11::int[], $12::bytea[],"
          + " $13::bigint[]) AS s (tenant_id, first_idx, entries, leaves_hash, next_index)),"
          + " spanned AS (INSERT INTO batch_span (tenant_id, batch, first_idx, entries,"
          + " leaves_hash, appended_at)"
          + " SELECT tenant_id, $1, first_idx, entries, leaves_hash, $8 FROM spans)"
          + " INSERT INTO head SELECT tenant_id, next_index FROM spans"
          + " ON CONFLICT (tenant_id) DO UPDATE SET next_index = excluded.next_index";

  private static final String REGISTER =
      "INSERT INTO journal (journal, service) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  private static final String REGISTERED =
      "SELECT last_position, last_hash FROM journal WHERE journal = $1 AND service = $2";
  private static final String KEY = "UPDATE journal SET receipt_key = $2 WHERE journal = $1";

  private final Pool pool;
  private final Payloads payloads;
  private final Event<BatchCommitted> committed;

  @Inject
  PostgresEvidenceLog(
      @ReactiveDataSource("ingest") Pool pool, Payloads payloads, Event<BatchCommitted> committed) {
    this.pool = pool;
    this.payloads = payloads;
    this.committed = committed;
  }

  /**
   * Makes the journal known as this service's; where it is stays as it is. Empty when it is another
   * service's.
   *
   * @param receiptKey replaces the one that is known, unless it is null
   */
  Optional<JournalPosition> register(UUID journal, String service, @Nullable String receiptKey) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, LOCK_MILLIS);
          await(connection.preparedQuery(REGISTER).execute(Tuple.of(journal, service)));
          RowSet<Row> rows =
              await(connection.preparedQuery(REGISTERED).execute(Tuple.of(journal, service)));
          if (rows.size() == 0) {
            return Optional.empty();
          }
          if (receiptKey != null) {
            await(connection.preparedQuery(KEY).execute(Tuple.of(journal, receiptKey)));
          }
          Row row = rows.iterator().next();
          return Optional.of(position(journal, row.getLong(0), bytes(row.getBuffer(1))));
        });
  }

  @Override
  public AppendResult append(EvidenceBatch batch, String service) {
    NewEntries entries = new NewEntries(batch, payloads.sealer());
    long[] number = new long[1];
    AppendResult result =
        Database.inTransaction(
            pool, connection -> append(connection, batch, service, entries, number));
    if (number[0] > 0) {
      committed.fire(new BatchCommitted(number[0], entries.tenants()));
    }
    return result;
  }

  private static AppendResult append(
      SqlConnection connection,
      EvidenceBatch batch,
      String service,
      NewEntries entries,
      long[] numbered) {
    Database.limits(connection, STATEMENT_MILLIS, LOCK_MILLIS);
    // On their way together, run one after the other: each sees what the lock's last holder wrote.
    Future<RowSet<Row>> locked = connection.preparedQuery(LOCK).execute();
    Future<RowSet<Row>> found =
        connection.preparedQuery(JOURNAL).execute(Tuple.of(batch.journal(), service));
    Future<RowSet<Row>> heads =
        connection
            .preparedQuery(HEADS)
            .execute(Tuple.tuple().addArrayOfString(names(entries.tenants())));
    long number = await(locked).iterator().next().getLong(0) + 1;
    RowSet<Row> journals = await(found);
    if (journals.size() == 0) {
      return new AppendResult.UnknownJournal();
    }
    Row journal = journals.iterator().next();
    long committed = journal.getLong(0);
    byte[] hash = bytes(journal.getBuffer(1));
    JournalPosition position = position(batch.journal(), committed, hash);
    return switch (Overlap.of(batch, committed, hash)) {
      case Overlap.Gap() -> new AppendResult.Gap(position);
      case Overlap.Conflict(long at) -> new AppendResult.Conflict(position, at);
      case Overlap.Continues(int firstNew) -> {
        long contradicted = firstNew == 0 ? 0 : contradicted(connection, batch, committed);
        if (contradicted > 0) {
          yield new AppendResult.Conflict(position, contradicted);
        }
        if (firstNew == batch.size()) {
          yield new AppendResult.Committed(position, 0, firstNew, 0, entries.tenants());
        }
        for (Row head : await(heads)) {
          entries.head(head.getString(0), head.getLong(1));
        }
        entries.dropBefore(firstNew);
        numbered[0] = number;
        yield write(connection, batch, entries, number, firstNew, journal.getOffsetDateTime(2));
      }
    };
  }

  /** A position at which an older batch ended with another record than this one has, or 0. */
  private static long contradicted(SqlConnection connection, EvidenceBatch batch, long committed) {
    Tuple range =
        Tuple.of(batch.journal(), batch.firstPosition(), Math.min(committed, batch.lastPosition()));
    for (Row known : await(connection.preparedQuery(KNOWN).execute(range))) {
      byte[] here = batch.hashAt(known.getLong(0));
      if (!MessageDigest.isEqual(here, known.getBuffer(1).getBytes())) {
        return known.getLong(0);
      }
    }
    return 0;
  }

  private static AppendResult write(
      SqlConnection connection,
      EvidenceBatch batch,
      NewEntries entries,
      long number,
      int firstNew,
      OffsetDateTime now) {
    Tuple rows = entries.log(number, now, firstNew);
    byte[] lastHash = batch.hashAt(batch.lastPosition());
    Tuple moved =
        Tuple.of(number, batch.journal(), batch.firstPosition() + firstNew, batch.lastPosition())
            .addBuffer(Buffer.buffer(lastHash))
            .addInteger(entries.size())
            .addInteger(entries.quarantined())
            .addOffsetDateTime(now);
    entries.addSpans(moved);
    Future<RowSet<Row>> appended = connection.preparedQuery(APPEND).execute(rows);
    Future<RowSet<Row>> quarantined =
        entries.quarantined() == 0
            ? Future.succeededFuture()
            : connection.preparedQuery(QUARANTINE).execute(entries.quarantine(now));
    Future<RowSet<Row>> done = connection.preparedQuery(MOVE).execute(moved);
    await(appended);
    await(quarantined);
    await(done);
    return new AppendResult.Committed(
        position(batch.journal(), batch.lastPosition(), lastHash),
        entries.size(),
        firstNew,
        entries.quarantined(),
        entries.tenants());
  }

  private static String[] names(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).toArray(String[]::new);
  }

  private static JournalPosition position(UUID journal, long position, byte @Nullable [] hash) {
    return new JournalPosition(
        journal.toString(), position, hash == null ? null : HexFormat.of().formatHex(hash));
  }

  private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
    return buffer == null ? null : buffer.getBytes();
  }
}
