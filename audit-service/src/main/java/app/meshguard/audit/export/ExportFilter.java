package app.meshguard.audit.export;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.record.EvidenceRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are exported.
 *
 * @param wanted names of fields and what they must hold; a star at the end stands for any text
 * @param from the first moment that counts
 * @param to the first moment that does not
 */
record ExportFilter(
    Map<String, String> wanted,
    @Nullable Long minLatencyUs,
    @Nullable Instant from,
    @Nullable Instant to) {
  private static final List<String> KINDS =
      List.of("change", "decision", "event", "key_use", "login", "outcome", "refusal", "system");
  private static final List<String> DECISIONS = List.of("allow", "deny", "pending_approval");
  private static final Set<String> PATTERNS = Set.of("action", "resource");

  private static final Map<String, Function<EvidenceRecord, @Nullable String>> FIELDS =
      new LinkedHashMap<>();

  static {
    FIELDS.put("kind", EvidenceRecord::kind);
    FIELDS.put("decision", EvidenceRecord::decision);
    FIELDS.put("agentId", EvidenceRecord::agentId);
    FIELDS.put("action", EvidenceRecord::action);
    FIELDS.put("resource", EvidenceRecord::resource);
    FIELDS.put("policy", EvidenceRecord::policy);
    FIELDS.put("rule", EvidenceRecord::rule);
    FIELDS.put("code", EvidenceRecord::code);
    FIELDS.put("surface", EvidenceRecord::surface);
    FIELDS.put("traceId", EvidenceRecord::traceId);
    FIELDS.put("decisionId", EvidenceRecord::decisionId);
    FIELDS.put("event", EvidenceRecord::event);
  }

  ExportFilter {
    wanted = Map.copyOf(wanted);
  }

  /** The parameters that a filter is read from. */
  static Set<String> names() {
    Set<String> names = new java.util.TreeSet<>(FIELDS.keySet());
    names.addAll(List.of("minLatencyUs", "from", "to"));
    return names;
  }

  static ExportFilter read(QueryParameters parameters) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String name : FIELDS.keySet()) {
      String value =
          switch (name) {
            case "kind" -> parameters.oneOf(name, KINDS);
            case "decision" -> parameters.oneOf(name, DECISIONS);
            default -> parameters.text(name);
          };
      if (value != null) {
        wanted.put(name, value);
      }
    }
    int latency = parameters.number("minLatencyUs", 0, Integer.MAX_VALUE, -1);
    ExportFilter filter =
        new ExportFilter(
            wanted,
            latency < 0 ? null : (long) latency,
            parameters.from("from"),
            parameters.to("to"));
    if (filter.from != null && filter.to != null && !filter.from.isBefore(filter.to)) {
      parameters.fault("from", "is not before to.");
    }
    return filter;
  }

  /** Whether every entry is exported. */
  boolean isNone() {
    return wanted.isEmpty() && minLatencyUs == null && from == null && to == null;
  }

  boolean matches(EvidenceRecord record) {
    for (Map.Entry<String, Function<EvidenceRecord, @Nullable String>> field : FIELDS.entrySet()) {
      String asked = wanted.get(field.getKey());
      if (asked != null) {
        String value = field.getValue().apply(record);
        if (value == null || !is(field.getKey(), asked, value)) {
          return false;
        }
      }
    }
    Instant at = record.decidedAt().toInstant();
    return (from == null || !at.isBefore(from))
        && (to == null || at.isBefore(to))
        && (minLatencyUs == null
            || (record.latencyUs() != null && record.latencyUs() >= minLatencyUs));
  }

  private static boolean is(String name, String wanted, String value) {
    return PATTERNS.contains(name) && wanted.endsWith("*")
        ? value.startsWith(wanted.substring(0, wanted.length() - 1))
        : wanted.equals(value);
  }

  /** The filter as text, for the file and for the entry that says who took it. */
  Map<String, String> text() {
    Map<String, String> text = new TreeMap<>(wanted);
    if (minLatencyUs != null) {
      text.put("minLatencyUs", minLatencyUs.toString());
    }
    if (from != null) {
      text.put("from", from.toString());
    }
    if (to != null) {
      text.put("to", to.toString());
    }
    return text;
  }
}
