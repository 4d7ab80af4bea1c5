package app.meshguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {
  private static final String RECORD =
      "{\"action\":\"a, \\\"b\\\" 'c' ü\",\"agent\":{\"id\":\"agent_1\",\"name\":\"bot\"},"
          + "\"context\":{\"amount\":50.010,\"record\":{\"x\":1}},"
          + "\"decidedAt\":\"2026-11-20T10:15:30.123456Z\",\"decision\":\"deny\","
          + "\"decisionId\":\"dec_1\",\"format\":1,\"kind\":\"decision\",\"latencyUs\":180}";

  @TempDir Path directory;

  @Test
  void holdsEveryEntryAndItsRecordByteForByte() throws Exception {
    Path parquet = directory.resolve("it's.parquet");

    long entries =
        ParquetFile.write(
            file(
                "{\"export\":{\"format\":1}}",
                entry(0, "\"record\":" + RECORD),
                entry(1, "\"record\":null,\"erased\":true"),
                "{\"end\":{\"entries\":2}}"),
            parquet);

    assertEquals(2, entries);
    assertEquals(
        List.of(
            "0|2026-11-20 10:15:30.123456|decision|deny|agent_1|180|" + RECORD,
            "1|null|null|null|null|null|null"),
        rows(
            parquet,
            "SELECT concat_ws('|', \"index\", coalesce(CAST(decided_at AT TIME ZONE 'UTC' AS VARCHAR),"
                + " 'null'), coalesce(kind, 'null'), coalesce(decision, 'null'), coalesce(agent_id,"
                + " 'null'), coalesce(CAST(latency_us AS VARCHAR), 'null'), coalesce(record, 'null'))"));
  }

  @Test
  void isNotMadeOfAFileThatIsCutOff() throws IOException {
    Path parquet = directory.resolve("audit.parquet");
    Path cut = file("{\"export\":{}}", entry(0, "\"record\":" + RECORD));

    CommandFailed failed = assertThrows(CommandFailed.class, () -> ParquetFile.write(cut, parquet));

    assertTrue(failed.getMessage().contains("cut off"), failed::getMessage);
    assertFalse(Files.exists(parquet));
  }

  private static String entry(int index, String rest) {
    return "{\"index\":%d,\"id\":\"ent_%d\",\"recordedAt\":\"2026-11-20T10:15:31Z\",\"leaf\":\"e30=\",%s}"
        .formatted(index, index, rest);
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(directory.resolve("audit.jsonl"), String.join("\n", lines) + "\n");
  }

  private static List<String> rows(Path parquet, String select) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                select
                    + " FROM '"
                    + parquet.toString().replace("'", "''")
                    + "' ORDER BY \"index\"")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
