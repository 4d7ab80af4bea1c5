package app.meshguard.tenant.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outbox as its one shipper sees it, over a connection of its own: closing it gives up the lock
 * that makes it the one. Blocks: for the shipper's thread only.
 */
final class OutboxTable implements AutoCloseable {
  /** Of this service's advisory locks the only one. */
  private static final long LOCK = 0x6d67_6f75_7462_6f78L;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MOST_ROWS = 100;
  private static final int MOST_CHARACTERS = 2 << 20;

  private final PgConnection connection;

  private OutboxTable(PgConnection connection) {
    this.connection = connection;
  }

  static OutboxTable open(Vertx vertx, PgConnectOptions options) {
    PgConnection connection = wait(PgConnection.connect(vertx, options));
    // Whoever uses it hears that it is gone.
    connection.exceptionHandler(failure -> {});
    return new OutboxTable(connection);
  }

  /** Whether this is the one shipper now; then it is until it is closed. */
  boolean lock() {
    return one("select pg_try_advisory_lock($1)", Tuple.of(LOCK)).getBoolean(0);
  }

  ShippedJournal journal() {
    Row row = one("select journal, numbered, acknowledged from outbox_journal", Tuple.tuple());
    return new ShippedJournal(row.getUUID(0).toString(), row.getLong(1), row.getLong(2));
  }

  /**
   * Gives the next positions to records that have none. The row of the journal is locked first, so
   * that positions have no gap and none is given twice, whoever else might try.
   */
  void number() {
    wait(
        connection
            .query("begin")
            .execute()
            .chain(() -> connection.query("select from outbox_journal for update").execute())
            .chain(
                () ->
                    connection
                        .preparedQuery(
                            "with waiting as (select tenant_id, id,"
                                + " row_number() over (order by seq) as n from outbox"
                                + " where position is null), numbered as (update outbox o"
                                + " set position = j.numbered + w.n from waiting w, outbox_journal j"
                                + " where o.tenant_id = w.tenant_id and o.id = w.id returning 1)"
                                + " update outbox_journal set numbered = numbered"
                                + " + (select count(*) from numbered)"
                                + " where exists (select from numbered)")
                        .execute())
            .chain(() -> connection.query("commit").execute()));
  }

  /** The records that follow a position, or null when there are none. */
  @Nullable Shipment after(long position) {
    List<String> records = new ArrayList<>();
    long next = position + 1;
    int characters = 0;
    for (Row row :
        rows(
            "select position, record from outbox where position > $1 order by position limit $2",
            Tuple.of(position, MOST_ROWS))) {
      String record = row.getString(1);
      characters += record.length();
      if (row.getLong(0) != next || (!records.isEmpty() && characters > MOST_CHARACTERS)) {
        break;
      }
      records.add(record);
      next++;
    }
    return records.isEmpty() ? null : new Shipment(position + 1, records);
  }

  /** Notes what the audit-service has committed, and forgets what it had long enough. */
  void acknowledge(long position, Duration keep) {
    rows("update outbox_journal set acknowledged = greatest(acknowledged, $1)", Tuple.of(position));
    rows(
        "delete from outbox where position <= $1"
            + " and written_at <= now() - $2 * interval '1 second'",
        Tuple.of(position, (double) keep.toSeconds()));
  }

  /** Begins another journal with what the audit-service does not have of this one. */
  void beginAnother(long after) {
    wait(
        connection
            .query("begin")
            .execute()
            .chain(
                () ->
                    connection
                        .query(
                            "update outbox_journal set journal = gen_random_uuid(), numbered = 0,"
                                + " acknowledged = 0")
                        .execute())
            .chain(
                () ->
                    connection
                        .preparedQuery("delete from outbox where position <= $1")
                        .execute(Tuple.of(after)))
            .chain(() -> connection.query("update outbox set position = null").execute())
            .chain(() -> connection.query("commit").execute()));
  }

  /** How much waits and since when. */
  Waiting waiting() {
    Row row =
        one(
            "select count(*), coalesce(extract(epoch from now() - min(written_at)), 0)::float8"
                + " from outbox where position is null"
                + " or position > (select acknowledged from outbox_journal)",
            Tuple.tuple());
    return new Waiting(row.getLong(0), row.getDouble(1));
  }

  /** What the audit-service does not have yet. */
  record Waiting(long records, double seconds) {
    static final Waiting NOTHING = new Waiting(0, 0);
  }

  private Row one(String sql, Tuple parameters) {
    return rows(sql, parameters).iterator().next();
  }

  private RowSet<Row> rows(String sql, Tuple parameters) {
    return wait(connection.preparedQuery(sql).execute(parameters));
  }

  private static <T> T wait(Uni<T> work) {
    return work.await().atMost(LIMIT);
  }

  @Override
  public void close() {
    connection.close().subscribe().with(closed -> {}, failure -> {});
  }
}
