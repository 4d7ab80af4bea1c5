package app.meshguard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * JSON lines as Parquet, by DuckDB: one library without Hadoop's, and in bounded memory. The record
 * is a column of text, byte for byte as it was exported.
 */
final class ParquetFile {
  // The first ,"record": of a line is ours: before it stand numbers, an id, a time and base64.
  private static final String ENTRIES =
      """
      COPY (
        SELECT CAST(line->>'index' AS BIGINT) AS "index", line->>'id' AS id,
          CAST(line->>'recordedAt' AS TIMESTAMPTZ) AS recorded_at,
          CAST(record->>'decidedAt' AS TIMESTAMPTZ) AS decided_at,
          record->>'kind' AS kind, record->>'decision' AS decision,
          record->>'decisionId' AS decision_id, record->>'$.agent.id' AS agent_id,
          record->>'$.agent.name' AS agent_name, record->>'action' AS action,
          record->>'resource' AS resource, record->>'policy' AS policy, record->>'rule' AS rule,
          record->>'code' AS code, record->>'reason' AS reason, record->>'traceId' AS trace_id,
          CAST(record->>'latencyUs' AS BIGINT) AS latency_us, line->>'leaf' AS leaf, text AS record
        FROM (
          SELECT CAST(raw AS JSON) AS line, text, CAST(text AS JSON) AS record
          FROM (
            SELECT raw, CASE WHEN raw LIKE '%%}}'
              THEN substr(raw, position(',"record":' IN raw) + 10,
                length(raw) - position(',"record":' IN raw) - 10) END AS text
            FROM read_csv('%s', columns = {'raw': 'VARCHAR'}, delim = '\\x01', quote = '',
              escape = '', header = false, max_line_size = 1048576)
            WHERE raw LIKE '{"index":%%')))
      TO '%s' (FORMAT parquet, COMPRESSION zstd)
      """;

  private ParquetFile() {}

  /** Writes the entries of an export in JSON lines; how many there are. */
  static long write(Path jsonLines, Path parquet) throws IOException {
    WholeFile.check(jsonLines);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '512MB'");
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(ENTRIES.formatted(quoted(jsonLines), quoted(parquet)));
      try (ResultSet count =
          statement.executeQuery("SELECT count(*) FROM '" + quoted(parquet) + "'")) {
        count.next();
        return count.getLong(1);
      }
    } catch (SQLException e) {
      throw new IOException("Parquet cannot be written: " + e.getMessage(), e);
    }
  }

  private static String quoted(Path path) {
    return path.toAbsolutePath().toString().replace("'", "''");
  }
}
