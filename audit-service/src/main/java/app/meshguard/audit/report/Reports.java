package app.meshguard.audit.report;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Makes the four reports. */
@ApplicationScoped
class Reports {
  private static final Map<String, String> TITLES =
      Map.of(
          "summary", "Summary",
          "audit-trail", "Audit trail",
          "agent-governance", "Governance of agents",
          "policy-coverage", "Coverage by policies");

  private final PostgresTallies store;
  private final LogFacts log;
  private final PolicyNames policies;
  private final Articles articles;
  private final Clock clock;

  @Inject
  Reports(
      PostgresTallies store, LogFacts log, PolicyNames policies, Articles articles, Clock clock) {
    this.store = store;
    this.log = log;
    this.policies = policies;
    this.articles = articles;
    this.clock = clock;
  }

  Report make(String name, TenantId tenant, ReportPeriod period) {
    String title = TITLES.get(name);
    if (title == null) {
      throw Refused.notFound(
          "There is no such report. There are summary, audit-trail, agent-governance and"
              + " policy-coverage.");
    }
    List<Tally> tallies = store.of(tenant, period);
    List<Report.Fact> facts = new ArrayList<>();
    List<String> notes = LogFacts.always();
    log.add(tenant, period, facts, notes);
    List<Report.Figure> figures = Figures.of(figures(name), tallies, period);
    return new Report(
        name,
        title,
        tenant.value(),
        period.from().toString(),
        period.to().toString(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        facts,
        figures,
        tables(name, tenant, tallies, period, notes),
        articles.of(figures),
        notes);
  }

  private static List<String> figures(String name) {
    return switch (name) {
      case "audit-trail" ->
          List.of(
              "decisions",
              "refusals",
              "outcomes",
              "events",
              "changes",
              "logins",
              "key_use",
              "retention_runs",
              "erasures",
              "holds");
      case "agent-governance" ->
          List.of(
              "decisions",
              "allowed",
              "denied",
              "pending",
              "overrides",
              "refusals",
              "rate_limited",
              "events");
      case "policy-coverage" ->
          List.of("decisions", "covered", "default", "uncovered", "denied", "changes");
      default -> Figures.ids();
    };
  }

  private List<Report.Table> tables(
      String name, TenantId tenant, List<Tally> tallies, ReportPeriod period, List<String> notes) {
    return switch (name) {
      case "audit-trail" ->
          List.of(
              Tables.days(store.ofDays(tenant, period), period),
              Tables.types("changes", "Changes by administrators", "change", tallies, period),
              Tables.types("system", "What the audit service did", "system", tallies, period));
      case "agent-governance" ->
          List.of(
              Tables.agents(tallies, store.agentNames(tenant), period),
              Tables.types("events", "Events that agents reported", "event", tallies, period));
      case "policy-coverage" -> coverage(tenant, tallies, period, notes);
      default -> List.of();
    };
  }

  private List<Report.Table> coverage(
      TenantId tenant, List<Tally> tallies, ReportPeriod period, List<String> notes) {
    SortedSet<String> inForce = policies.inForce(tenant).orElse(null);
    notes.add(
        inForce == null
            ? "Which policies are in force cannot be asked now: those that never decided are"
                + " missing."
            : "A policy that is in force and never decided has 0 decisions below. Rules that never"
                + " decided are not listed.");
    return List.of(
        Tables.policies(tallies, inForce, period),
        Tables.rules(tallies, period),
        Tables.codes(tallies, period));
  }
}
