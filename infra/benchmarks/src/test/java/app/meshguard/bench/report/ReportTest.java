package app.meshguard.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Machine MACHINE = new Machine("cpu", 2, 1024, "Linux", "JDK", 900);

  @TempDir Path directory;

  @Test
  void writesMachineFiguresRatiosAndBars() throws Exception {
    Report report = new Report("sample", MACHINE);
    report.figure("throughput", 12_345.678912, "1/s");
    report.ratio("to the baseline", 0.4);
    report.bar(Bar.atLeast("burst", 0.4, 0.35, "x"));

    JsonNode json = new ObjectMapper().readTree(report.writeTo(directory).toFile());

    assertEquals("sample", json.at("/name").asText());
    assertEquals(2, json.at("/machine/cores").asInt());
    assertEquals(12_345.6789, json.at("/figures/0/value").asDouble());
    assertEquals(0.4, json.at("/ratios/0/value").asDouble());
    assertEquals("burst", json.at("/bars/0/name").asText());
    assertEquals(0.35, json.at("/bars/0/limit").asDouble());
    assertEquals("x", json.at("/bars/0/unit").asText());
    assertTrue(json.at("/bars/0/met").asBoolean());
    assertEquals(directory.resolve("sample.json"), report.writeTo(directory));
  }

  @Test
  void saysInTheTableWhichBarIsMissed() {
    Report report = new Report("sample", MACHINE);
    report.bar(Bar.atMost("p99", 3.5, 3, "x"));

    assertTrue(report.table().contains("MISSED"), report.table());
  }

  @Test
  void aBarIsMetAtItsLimit() {
    assertTrue(Bar.atLeast("a", 2, 2, "x").met());
    assertTrue(Bar.atMost("a", 2, 2, "x").met());
    assertFalse(Bar.atLeast("a", 1.99, 2, "x").met());
    assertFalse(Bar.atMost("a", 2.01, 2, "x").met());
  }

  @Test
  void roundingNeverTurnsAMissedBarIntoAMetOne() {
    Report report = new Report("sample", MACHINE);
    report.bar(Bar.atMost("p99", 3.000001, 3, "x"));

    assertTrue(report.table().contains("MISSED"), report.table());
  }
}
