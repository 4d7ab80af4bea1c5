package app.meshguard.audit.report;

import app.meshguard.audit.hold.Holds;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.retention.Retained;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What is so of a tenant's log when a report is made, and what that means for the report. */
@ApplicationScoped
class LogFacts {
  private static final int SIX_MONTHS = 184;

  private final PostgresTallies tallies;
  private final Retained retained;
  private final Holds holds;

  @Inject
  LogFacts(PostgresTallies tallies, Retained retained, Holds holds) {
    this.tallies = tallies;
    this.retained = retained;
    this.holds = holds;
  }

  /** Adds facts, and notes about what does not follow from them. */
  void add(TenantId tenant, ReportPeriod period, List<Report.Fact> facts, List<String> notes) {
    tallies
        .head(tenant)
        .ifPresentOrElse(
            head -> {
              facts.add(new Report.Fact("Log", head.origin() + " (" + head.state() + ")"));
              facts.add(new Report.Fact("Signed size", Long.toString(head.size())));
              facts.add(new Report.Fact("Root", Base64.getEncoder().encodeToString(head.root())));
              head.signedAt()
                  .ifPresent(at -> facts.add(new Report.Fact("Signed at", at.toString())));
            },
            () -> facts.add(new Report.Fact("Log", "not signed yet")));
    facts.add(new Report.Fact("Legal holds in force", Integer.toString(holds.inForce(tenant))));
    retention(tenant, period, facts, notes);
  }

  private void retention(
      TenantId tenant, ReportPeriod period, List<Report.Fact> facts, List<String> notes) {
    try {
      Retained.Period kept = retained.of(tenant);
      facts.add(
          new Report.Fact(
              "Entries are kept",
              kept.days() + " days (" + (kept.isOwn() ? "set by the tenant" : "by plan") + ")"));
      if (period.from().isBefore(kept.cutoff())) {
        notes.add(
            "Part of the period is before "
                + kept.cutoff()
                + ": what happened then is deleted, or will be, and is not counted. The entries of"
                + " retention runs say what was.");
      }
      if (kept.days() < SIX_MONTHS) {
        notes.add(
            "Entries are kept for less than six months, which the EU AI Act asks for logs of"
                + " high-risk systems (Art. 19 and 26(6)).");
      }
    } catch (Refused e) {
      facts.add(new Report.Fact("Entries are kept", "not known now: " + e.getMessage()));
    }
  }

  /** The notes that every report has. */
  static List<String> always() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "The report counts what the log holds. It is evidence for the articles named, not a"
            + " statement that they are met.");
    return notes;
  }
}
