package app.meshguard.audit.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lays out tallies as tables in which every count has its entries. */
final class Tables {
  private static final int MOST_ROWS = 1_000;
  private static final Wanted DECISION = Wanted.kind("decision");
  private static final List<String> DECISIONS = List.of("allow", "deny", "pending_approval");
  private static final List<String> KINDS =
      List.of("decision", "refusal", "outcome", "event", "change", "login", "key_use", "system");

  private Tables() {}

  /** Days and kinds of entries. */
  static Report.Table days(SortedMap<LocalDate, List<Tally>> days, ReportPeriod period) {
    List<List<Report.Cell>> rows = new ArrayList<>();
    days.forEach(
        (day, tallies) -> {
          ReportPeriod of = day(day, period);
          List<Report.Cell> row = new ArrayList<>();
          row.add(Report.Cell.text(day.toString()));
          KINDS.forEach(kind -> row.add(Wanted.kind(kind).cell(tallies, of)));
          row.add(Wanted.ALL.cell(tallies, of));
          rows.add(row);
        });
    return new Report.Table(
        "days",
        "Entries by day (UTC) and kind",
        List.of(
            "Day",
            "Decisions",
            "Refusals",
            "Outcomes",
            "Events",
            "Changes",
            "Logins",
            "Key use",
            "System",
            "All"),
        rows);
  }

  /** The part of a day that the period has. */
  private static ReportPeriod day(LocalDate day, ReportPeriod period) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new ReportPeriod(
        start.isBefore(period.from()) ? period.from() : start,
        end.isAfter(period.to()) ? period.to() : end);
  }

  /** The types of one kind of entries. */
  static Report.Table types(
      String id, String title, String kind, List<Tally> tallies, ReportPeriod period) {
    List<List<Report.Cell>> rows = new ArrayList<>();
    keys(tallies, Wanted.kind(kind), Tally::event)
        .forEach(
            type ->
                rows.add(
                    List.of(
                        Report.Cell.text(type),
                        Wanted.kind(kind).and("event", type).cell(tallies, period))));
    return new Report.Table(id, title, List.of("Type", "Entries"), rows);
  }

  /** Agents and what was decided for them. */
  static Report.Table agents(List<Tally> tallies, Map<String, String> names, ReportPeriod period) {
    List<List<Report.Cell>> rows = new ArrayList<>();
    keys(tallies, Wanted.ALL, Tally::agentId)
        .forEach(
            agent -> {
              Wanted decisions = DECISION.and("agentId", agent);
              List<Report.Cell> row = new ArrayList<>();
              row.add(Report.Cell.text(names.getOrDefault(agent, "")));
              row.add(Report.Cell.text(agent));
              row.add(decisions.cell(tallies, period));
              DECISIONS.forEach(
                  decision -> row.add(decisions.and("decision", decision).cell(tallies, period)));
              row.add(Wanted.kind("refusal").and("agentId", agent).cell(tallies, period));
              row.add(Wanted.kind("event").and("agentId", agent).cell(tallies, period));
              rows.add(row);
            });
    return new Report.Table(
        "agents",
        "Agents",
        List.of(
            "Name",
            "Agent",
            "Decisions",
            "Allowed",
            "Denied",
            "Left to a human",
            "Refused",
            "Events"),
        rows);
  }

  /** Rules that decided. */
  static Report.Table rules(List<Tally> tallies, ReportPeriod period) {
    List<List<Report.Cell>> rows = new ArrayList<>();
    for (String policy : keys(tallies, DECISION, Tally::policy)) {
      Wanted of = DECISION.and("policy", policy);
      for (String rule : keys(tallies, of, Tally::rule)) {
        List<Report.Cell> row = new ArrayList<>();
        row.add(Report.Cell.text(policy));
        row.add(Report.Cell.text(rule));
        Wanted decisions = of.and("rule", rule);
        row.add(decisions.cell(tallies, period));
        DECISIONS.forEach(
            decision -> row.add(decisions.and("decision", decision).cell(tallies, period)));
        rows.add(row);
      }
    }
    return new Report.Table(
        "rules",
        "Rules that decided",
        List.of("Policy", "Rule", "Decisions", "Allowed", "Denied", "Left to a human"),
        rows);
  }

  /** Policies and how often each decided, those in force that never did among them. */
  static Report.Table policies(
      List<Tally> tallies, @Nullable SortedSet<String> inForce, ReportPeriod period) {
    List<List<Report.Cell>> rows = new ArrayList<>();
    Stream.concat(
            keys(tallies, DECISION, Tally::policy).stream(),
            inForce == null ? Stream.of() : inForce.stream())
        .distinct()
        .sorted()
        .forEach(
            policy ->
                rows.add(
                    List.of(
                        Report.Cell.text(policy),
                        Report.Cell.text(state(policy, inForce)),
                        DECISION.and("policy", policy).cell(tallies, period))));
    return new Report.Table("policies", "Policies", List.of("Policy", "Now", "Decisions"), rows);
  }

  private static String state(String policy, @Nullable SortedSet<String> inForce) {
    if (inForce == null) {
      return "not known";
    }
    return inForce.contains(policy) ? "in force" : "no longer in force";
  }

  /** Why decisions were what they were. */
  static Report.Table codes(List<Tally> tallies, ReportPeriod period) {
    List<List<Report.Cell>> rows = new ArrayList<>();
    for (String code : keys(tallies, DECISION, Tally::code)) {
      List<Report.Cell> row = new ArrayList<>();
      row.add(Report.Cell.text(code));
      Wanted of = DECISION.and("code", code);
      row.add(of.cell(tallies, period));
      DECISIONS.forEach(decision -> row.add(of.and("decision", decision).cell(tallies, period)));
      rows.add(row);
    }
    return new Report.Table(
        "codes",
        "Why decisions were what they were",
        List.of("Code", "Decisions", "Allowed", "Denied", "Left to a human"),
        rows);
  }

  /** What there is of something, that of which there is most first. */
  private static List<String> keys(
      List<Tally> tallies, Wanted of, Function<Tally, @Nullable String> key) {
    return tallies.stream()
        .filter(tally -> of.count(List.of(tally)) > 0)
        .map(key)
        .filter(Objects::nonNull)
        .distinct()
        .sorted(
            Comparator.comparingLong(
                    (String one) ->
                        -tallies.stream()
                            .filter(tally -> one.equals(key.apply(tally)))
                            .filter(tally -> of.count(List.of(tally)) > 0)
                            .mapToLong(Tally::entries)
                            .sum())
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_ROWS)
        .toList();
  }
}
