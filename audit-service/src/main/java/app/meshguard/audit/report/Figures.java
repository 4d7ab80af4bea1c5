package app.meshguard.audit.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures that reports are made of, by their ids. */
final class Figures {
  private record Kind(String title, Wanted wanted) {}

  private static final Wanted DECISION = Wanted.kind("decision");
  private static final Wanted SYSTEM = Wanted.kind("system");
  private static final Map<String, Kind> ALL = new LinkedHashMap<>();

  static {
    ALL.put("decisions", new Kind("Decisions", DECISION));
    ALL.put("allowed", new Kind("Allowed", DECISION.and("decision", "allow")));
    ALL.put("denied", new Kind("Denied", DECISION.and("decision", "deny")));
    ALL.put("pending", new Kind("Left to a human", DECISION.and("decision", "pending_approval")));
    ALL.put("covered", new Kind("Decided by a rule", DECISION.and("code", "rule")));
    ALL.put("default", new Kind("No rule matched", DECISION.and("code", "default")));
    ALL.put("uncovered", new Kind("No policy applied", DECISION.and("code", "no_policy")));
    ALL.put(
        "rate_limited", new Kind("A limit stood in the way", DECISION.and("code", "rate_limited")));
    ALL.put("refusals", new Kind("Refused before a decision", Wanted.kind("refusal")));
    ALL.put("outcomes", new Kind("Outcomes of calls", Wanted.kind("outcome")));
    ALL.put("events", new Kind("Events that agents reported", Wanted.kind("event")));
    ALL.put(
        "overrides", new Kind("Human overrides", Wanted.kind("event").and("event", "override")));
    ALL.put("changes", new Kind("Changes by administrators", Wanted.kind("change")));
    ALL.put("logins", new Kind("Logins", Wanted.kind("login")));
    ALL.put("key_use", new Kind("Uses of keys", Wanted.kind("key_use")));
    ALL.put("retention_runs", new Kind("Retention runs", SYSTEM.and("event", "retention.run")));
    ALL.put("erasures", new Kind("Erasures of persons", SYSTEM.and("event", "erasure.run")));
    ALL.put("holds", new Kind("Legal holds placed", SYSTEM.and("event", "hold.placed")));
  }

  private Figures() {}

  static List<Report.Figure> of(List<String> ids, List<Tally> tallies, ReportPeriod period) {
    List<Report.Figure> figures = new ArrayList<>();
    for (String id : ids) {
      Kind kind = ALL.get(id);
      if (kind == null) {
        throw new IllegalArgumentException("no figure " + id);
      }
      figures.add(kind.wanted().figure(id, kind.title(), tallies, period));
    }
    return figures;
  }

  /** The ids, in the order that they are shown in. */
  static List<String> ids() {
    return List.copyOf(ALL.keySet());
  }
}
