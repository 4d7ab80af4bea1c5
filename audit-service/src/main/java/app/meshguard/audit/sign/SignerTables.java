package app.meshguard.audit.sign;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.epoch.SignersLock;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.platform.Database;
import app.meshguard.audit.tree.TileId;
import app.meshguard.audit.tree.Tiles;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** What the signer reads and writes: statements of one transaction, for all logs at once. */
final class SignerTables {
  private static final int STATEMENT_MILLIS = 30_000;
  private static final int LOCK_MILLIS = 5_000;

  // A process that is halted in the midst of a round loses the lock with its session.
  private static final String IDLE =
      "SELECT set_config('idle_in_transaction_session_timeout', '5000', true)";
  private static final String TRY = "SELECT pg_try_advisory_xact_lock($1)";
  private static final String CANDIDATES =
      "SELECT "
          + LogRow.COLUMNS
          + ", coalesce(h.next_index, 0) AS next_index FROM log l"
          + " LEFT JOIN head h ON h.tenant_id = l.tenant_id WHERE l.state = 'open' AND ($1 OR"
          + " l.first_idx + l.size - (l.preamble IS NOT NULL)::int < coalesce(h.next_index, 0))";
  private static final String TILES =
      "SELECT t.tenant_id, t.level, t.number, t.hashes FROM tile t"
          + " JOIN unnest($1::text[], $2::int[], $3::smallint[], $4::bigint[])"
          + " AS wanted (tenant_id, epoch, level, number) USING (tenant_id, epoch, level, number)";
  private static final String PUT_TILES =
      "INSERT INTO tile (tenant_id, epoch, level, number, hashes)"
          + " SELECT * FROM unnest($1::text[], $2::int[], $3::smallint[], $4::bigint[], $5::bytea[])"
          + " ON CONFLICT (tenant_id, epoch, level, number) DO UPDATE SET hashes = excluded.hashes";
  private static final String MOVE_HEADS =
      "UPDATE log SET size = moved.size, root = moved.root, checkpoint = moved.checkpoint,"
          + " signed_at = clock_timestamp() FROM unnest($1::text[], $2::int[], $3::bigint[],"
          + " $4::bigint[], $5::bytea[], $6::bytea[])"
          + " AS moved (tenant_id, epoch, old, size, root, checkpoint)"
          + " WHERE log.tenant_id = moved.tenant_id AND log.epoch = moved.epoch"
          + " AND log.size = moved.old AND log.state = 'open'";
  private static final String HALT =
      "UPDATE log SET state = 'halted', halted_because = $4"
          + " WHERE tenant_id = $1 AND epoch = $2 AND size = $3 AND state = 'open'";

  private static final String WITHOUT_LOG =
      "SELECT known.tenant_id FROM (SELECT tenant_id FROM head UNION SELECT unnest($1::text[]))"
          + " AS known (tenant_id)"
          + " WHERE NOT EXISTS (SELECT FROM log l WHERE l.tenant_id = known.tenant_id)";
  private static final String OPEN =
      "SELECT " + LogRow.COLUMNS + " FROM log l WHERE l.origin = $1 AND l.state = 'open'";
  private static final String HALTED = "SELECT count(*) FROM log WHERE state = 'halted'";

  private SignerTables() {}

  /** The tenants that have entries, or are among the given ones, and have no log. */
  static List<String> withoutLog(SqlConnection connection, Set<String> others) {
    Tuple parameters = Tuple.tuple().addArrayOfString(others.toArray(String[]::new));
    List<String> tenants = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(WITHOUT_LOG).execute(parameters))) {
      tenants.add(row.getString(0));
    }
    return tenants;
  }

  /** The log of that name, when it is open. */
  static Optional<LogRow> open(SqlConnection connection, String origin) {
    for (Row row : await(connection.preparedQuery(OPEN).execute(Tuple.of(origin)))) {
      return Optional.of(LogRow.of(row));
    }
    return Optional.empty();
  }

  /** How many logs are halted. */
  static long halted(SqlConnection connection) {
    return await(connection.query(HALTED).execute()).iterator().next().getLong(0);
  }

  /** Whether the rest of the transaction is the one signer's. */
  static boolean lock(SqlConnection connection) {
    Database.limits(connection, STATEMENT_MILLIS, LOCK_MILLIS);
    connection.query(IDLE).execute();
    return await(connection.preparedQuery(TRY).execute(Tuple.of(SignersLock.ID)))
        .iterator()
        .next()
        .getBoolean(0);
  }

  static List<Candidate> candidates(SqlConnection connection, boolean whole) {
    List<Candidate> candidates = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(CANDIDATES).execute(Tuple.of(whole)))) {
      candidates.add(new Candidate(LogRow.of(row), row.getLong("next_index")));
    }
    return candidates;
  }

  /** The tiles of many logs; what is not there is missing from the answer. */
  static Map<LogRow, Tiles> tiles(SqlConnection connection, Map<LogRow, SortedSet<TileId>> wanted) {
    Map<String, Tiles> ofTenant = new HashMap<>();
    Map<LogRow, Tiles> tiles = new HashMap<>();
    Columns columns = new Columns();
    wanted.forEach(
        (log, ids) -> {
          tiles.put(log, ofTenant.computeIfAbsent(log.tenant(), tenant -> new Tiles()));
          ids.forEach(id -> columns.add(log, id));
        });
    if (!columns.isEmpty()) {
      for (Row row : await(connection.preparedQuery(TILES).execute(columns.tuple()))) {
        Tiles of = ofTenant.get(row.getString(0));
        if (of != null) {
          of.put(new TileId(row.getShort(1), row.getLong(2)), row.getBuffer(3).getBytes());
        }
      }
    }
    return tiles;
  }

  /** Writes tiles and heads; fails when a head is not where it was read. */
  static void write(
      SqlConnection connection,
      List<Extension> extended,
      List<GuardedHead> heads,
      List<byte[]> checkpoints) {
    if (heads.isEmpty()) {
      return;
    }
    Columns columns = new Columns();
    List<Buffer> hashes = new ArrayList<>();
    for (Extension extension : extended) {
      extension
          .tiles()
          .forEach(
              (id, bytes) -> {
                columns.add(extension.log(), id);
                hashes.add(Buffer.buffer(bytes));
              });
    }
    Future<RowSet<Row>> tiles =
        connection
            .preparedQuery(PUT_TILES)
            .execute(columns.tuple().addArrayOfBuffer(hashes.toArray(Buffer[]::new)));
    Tuple moved =
        Tuple.tuple()
            .addArrayOfString(heads.stream().map(GuardedHead::tenant).toArray(String[]::new))
            .addArrayOfInteger(heads.stream().map(GuardedHead::epoch).toArray(Integer[]::new))
            .addArrayOfLong(
                extended.stream().map(extension -> extension.log().size()).toArray(Long[]::new))
            .addArrayOfLong(heads.stream().map(GuardedHead::size).toArray(Long[]::new))
            .addArrayOfBuffer(
                heads.stream().map(head -> Buffer.buffer(head.root())).toArray(Buffer[]::new))
            .addArrayOfBuffer(checkpoints.stream().map(Buffer::buffer).toArray(Buffer[]::new));
    int rows = await(connection.preparedQuery(MOVE_HEADS).execute(moved)).rowCount();
    await(tiles);
    if (rows != heads.size()) {
      throw new IllegalStateException("another signer has moved a head: nothing is signed");
    }
  }

  static void halt(SqlConnection connection, LogRow log, String because) {
    await(
        connection
            .preparedQuery(HALT)
            .execute(Tuple.of(log.tenant(), log.epoch(), log.size(), because)));
  }

  /** The keys of tiles, as unnest takes them. */
  private static final class Columns {
    private final List<String> tenants = new ArrayList<>();
    private final List<Integer> epochs = new ArrayList<>();
    private final List<Short> levels = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();

    void add(LogRow log, TileId id) {
      tenants.add(log.tenant());
      epochs.add(log.epoch());
      levels.add((short) id.level());
      numbers.add(id.number());
    }

    boolean isEmpty() {
      return tenants.isEmpty();
    }

    Tuple tuple() {
      return Tuple.tuple()
          .addArrayOfString(tenants.toArray(String[]::new))
          .addArrayOfInteger(epochs.toArray(Integer[]::new))
          .addArrayOfShort(levels.toArray(Short[]::new))
          .addArrayOfLong(numbers.toArray(Long[]::new));
    }
  }
}
