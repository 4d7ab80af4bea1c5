package app.meshguard.audit.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a figure counts. INVARIANT: the count and the search that a figure links to are
 * made of the same criteria, so that they cannot say different things.
 */
record Wanted(Map<String, String> criteria) {
  /** Everything. */
  static final Wanted ALL = new Wanted(Map.of());

  Wanted {
    criteria = new LinkedHashMap<>(criteria);
  }

  static Wanted kind(String kind) {
    return ALL.and("kind", kind);
  }

  /** Those of these to which one more criterion applies: a parameter of the search. */
  Wanted and(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(criteria);
    more.put(name, value);
    return new Wanted(more);
  }

  private boolean counts(Tally tally) {
    return criteria.entrySet().stream()
        .allMatch(one -> Objects.equals(value(tally, one.getKey()), one.getValue()));
  }

  private static @Nullable String value(Tally tally, String name) {
    return switch (name) {
      case "kind" -> tally.kind();
      case "decision" -> tally.decision();
      case "code" -> tally.code();
      case "event" -> tally.event();
      case "agentId" -> tally.agentId();
      case "policy" -> tally.policy();
      case "rule" -> tally.rule();
      default -> throw new IllegalArgumentException("reports do not count by " + name);
    };
  }

  long count(List<Tally> tallies) {
    return tallies.stream().filter(this::counts).mapToLong(Tally::entries).sum();
  }

  Report.Figure figure(String id, String title, List<Tally> tallies, ReportPeriod period) {
    return new Report.Figure(id, title, count(tallies), period.entries(criteria));
  }

  Report.Cell cell(List<Tally> tallies, ReportPeriod period) {
    return new Report.Cell(null, count(tallies), period.entries(criteria));
  }
}
