package app.meshguard.bench.evidence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What the database itself takes: the rows that the log holds, into a table of the same shape, with
 * nothing else in the transaction.
 */
final class BareInsert {
  static final int BATCH = 5_000;

  private static final String INSERT =
      "INSERT INTO bench_bare (tenant_id, idx, appended_at, batch, ordinal, leaf, seed, payload)"
          + " SELECT tenant_id, idx + ?, now(), ?, ordinal, leaf, seed, payload"
          + " FROM unnest(?::text[], ?::bigint[], ?::int[], ?::bytea[], ?::bytea[], ?::bytea[])"
          + " AS row (tenant_id, idx, ordinal, leaf, seed, payload)";

  private final Connection connection;
  private final String[] tenants = new String[BATCH];
  private final Long[] indexes = new Long[BATCH];
  private final Integer[] ordinals = new Integer[BATCH];
  private final byte[][] leaves = new byte[BATCH][];
  private final byte[][] seeds = new byte[BATCH][];
  private final byte[][] payloads = new byte[BATCH][];
  private long batches;

  BareInsert(Connection connection) {
    this.connection = connection;
  }

  /** Makes the table and keeps the rows that one batch left in the log. */
  void prepare(long batch) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bench_bare (LIKE log_entry INCLUDING ALL)");
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT tenant_id, idx, ordinal, leaf, seed, payload FROM log_entry"
                + " WHERE batch = ? ORDER BY ordinal")) {
      statement.setLong(1, batch);
      try (ResultSet rows = statement.executeQuery()) {
        for (int i = 0; i < BATCH; i++) {
          if (!rows.next()) {
            throw new SQLException("batch " + batch + " has only " + i + " rows in the log");
          }
          tenants[i] = rows.getString(1);
          indexes[i] = rows.getLong(2);
          ordinals[i] = rows.getInt(3);
          leaves[i] = rows.getBytes(4);
          seeds[i] = rows.getBytes(5);
          payloads[i] = rows.getBytes(6);
        }
      }
    }
  }

  /** Inserts for so long; the answer is rows a second. */
  double run(Duration time) throws SQLException {
    Array tenant = connection.createArrayOf("text", tenants);
    Array index = connection.createArrayOf("bigint", indexes);
    Array ordinal = connection.createArrayOf("int4", ordinals);
    Array leaf = connection.createArrayOf("bytea", leaves);
    Array seed = connection.createArrayOf("bytea", seeds);
    Array payload = connection.createArrayOf("bytea", payloads);
    long begin = System.nanoTime();
    long rows = 0;
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      while (System.nanoTime() - begin < time.toNanos()) {
        batches++;
        statement.setLong(1, batches * BATCH);
        statement.setLong(2, batches);
        statement.setArray(3, tenant);
        statement.setArray(4, index);
        statement.setArray(5, ordinal);
        statement.setArray(6, leaf);
        statement.setArray(7, seed);
        statement.setArray(8, payload);
        rows += statement.executeUpdate();
      }
    }
    return rows / ((System.nanoTime() - begin) / 1e9);
  }

  /** The first row's sizes, as one line. */
  String sizes() {
    return "leaf %d bytes, seed %d, payload %d"
        .formatted(leaves[0].length, length(seeds[0]), length(payloads[0]));
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
