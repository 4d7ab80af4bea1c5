package app.meshguard.audit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTest {
  private static final ReportPeriod PERIOD =
      new ReportPeriod(
          Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
  private static final List<Tally> TALLIES =
      List.of(
          new Tally("decision", "deny", "rule", null, "a1", "p & q", "r", 3),
          new Tally("decision", "allow", "rule", null, "a1", "p & q", "r", 4),
          new Tally("decision", "deny", "no_policy", null, "a2", null, null, 5),
          new Tally("event", null, null, "override", "a2", null, null, 6));

  @Test
  void countsWhatAllCriteriaApplyTo() {
    assertEquals(18, Wanted.ALL.count(TALLIES));
    assertEquals(8, Wanted.kind("decision").and("decision", "deny").count(TALLIES));
    assertEquals(
        3, Wanted.kind("decision").and("policy", "p & q").and("decision", "deny").count(TALLIES));
    assertEquals(6, Wanted.kind("event").and("event", "override").count(TALLIES));
    assertEquals(0, Wanted.kind("login").count(TALLIES));
  }

  @Test
  void linksToTheSearchOfTheSameCriteria() {
    assertEquals(
        "/admin/audit?kind=decision&policy=p+%26+q&from=2026-11-01T00%3A00%3A00Z"
            + "&to=2026-12-01T00%3A00%3A00Z",
        Wanted.kind("decision").and("policy", "p & q").cell(TALLIES, PERIOD).entries());
  }
}
