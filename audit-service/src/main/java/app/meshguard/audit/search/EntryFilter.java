package app.meshguard.audit.search;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.projection.EntryColumns;
import app.meshguard.audit.words.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; what is null does not restrict.
 *
 * @param agent an agent's id, or the name that it went by
 * @param decisionId of a decision and its outcome, or of an event
 * @param event the type of an event, a change or an entry of the system
 * @param words all of them are in the entry
 * @param from the first moment that counts
 * @param to the first moment that does not
 */
public record EntryFilter(
    @Nullable String kind,
    @Nullable String decision,
    @Nullable String agent,
    @Nullable TextPattern action,
    @Nullable TextPattern resource,
    @Nullable String policy,
    @Nullable String rule,
    @Nullable String code,
    @Nullable String surface,
    @Nullable String traceId,
    @Nullable String decisionId,
    @Nullable ApprovalId approval,
    @Nullable String event,
    @Nullable Long minLatencyUs,
    Set<String> words,
    @Nullable Instant from,
    @Nullable Instant to) {
  static final List<String> KINDS =
      List.of("decision", "outcome", "refusal", "event", "change", "login", "key_use", "system");
  private static final List<String> DECISIONS = List.of("allow", "deny", "pending_approval");
  private static final int MOST_WORDS = 16;

  /** The parameters that a filter is read from. */
  public static final Set<String> NAMES =
      Set.of(
          "kind",
          "decision",
          "agentId",
          "action",
          "resource",
          "policy",
          "rule",
          "code",
          "surface",
          "traceId",
          "decisionId",
          "approvalId",
          "event",
          "minLatencyUs",
          "q",
          "from",
          "to");

  /** Lets everything through. */
  static final EntryFilter NONE =
      new EntryFilter(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          Set.of(), null, null);

  /** Reads a filter; what is wrong with it are faults of the parameters. */
  public static EntryFilter read(QueryParameters parameters) {
    int latency = parameters.number("minLatencyUs", 0, Integer.MAX_VALUE, -1);
    EntryFilter filter =
        new EntryFilter(
            parameters.oneOf("kind", KINDS),
            parameters.oneOf("decision", DECISIONS),
            parameters.text("agentId"),
            pattern(parameters, "action"),
            pattern(parameters, "resource"),
            parameters.text("policy"),
            parameters.text("rule"),
            parameters.text("code"),
            parameters.text("surface"),
            parameters.text("traceId"),
            parameters.text("decisionId"),
            approval(parameters),
            parameters.text("event"),
            latency < 0 ? null : (long) latency,
            words(parameters),
            parameters.from("from"),
            parameters.to("to"));
    if (filter.from != null && filter.to != null && !filter.from.isBefore(filter.to)) {
      parameters.fault("from", "is not before to.");
    }
    return filter;
  }

  private static @Nullable TextPattern pattern(QueryParameters parameters, String name) {
    String text = parameters.text(name);
    return text == null ? null : new TextPattern(text);
  }

  private static Set<String> words(QueryParameters parameters) {
    String text = parameters.text("q");
    Set<String> words = text == null ? Set.of() : Words.of(text);
    if (text != null && words.isEmpty()) {
      parameters.fault("q", "has no word in it. Give letters or digits.");
    } else if (words.size() > MOST_WORDS) {
      parameters.fault("q", "has more than " + MOST_WORDS + " words. Give those that are rare.");
    }
    return words;
  }

  private static @Nullable ApprovalId approval(QueryParameters parameters) {
    String text = parameters.longText("approvalId");
    Optional<ApprovalId> approval = text == null ? Optional.empty() : ApprovalId.parse(text);
    if (text != null && approval.isEmpty()) {
      parameters.fault("approvalId", "is not the approvalId of a decision.");
    }
    return approval.orElse(null);
  }

  /** Whether an entry is asked for; the same answer as that of the database. */
  public boolean matches(EntryColumns entry) {
    return is(kind, entry.kind())
        && is(decision, entry.decision())
        && (agent == null
            || agent.equals(entry.agentId())
            || (entry.agentId() != null && agent.equals(entry.agentName())))
        && is(action, entry.action())
        && is(resource, entry.resource())
        && is(policy, entry.policy())
        && is(rule, entry.rule())
        && is(code, entry.code())
        && is(surface, entry.surface())
        && is(traceId, entry.traceId())
        && is(decisionId, entry.decisionId())
        && (approval == null || approval.text().equals(entry.approvalId()))
        && is(event, entry.event())
        && (minLatencyUs == null
            || (entry.latencyUs() != null && entry.latencyUs() >= minLatencyUs))
        && entry.words().containsAll(words)
        && (from == null || !entry.decidedAt().isBefore(from))
        && (to == null || entry.decidedAt().isBefore(to));
  }

  private static boolean is(@Nullable String wanted, @Nullable String value) {
    return wanted == null || wanted.equals(value);
  }

  private static boolean is(@Nullable TextPattern wanted, @Nullable String value) {
    return wanted == null || (value != null && wanted.matches(value));
  }
}
