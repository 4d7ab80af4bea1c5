package app.meshguard.audit.query;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.wire.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; what is null does not restrict.
 *
 * @param limit the longest page that is wanted
 * @param agent an agent's id, or the name that it went by
 * @param action an action, or a pattern with {@code *} for any text
 * @param from the first moment that counts
 * @param to the first moment that does not
 * @param after where the page before this one ended
 */
record EntryFilter(
    int limit,
    @Nullable String kind,
    @Nullable String decision,
    @Nullable String agent,
    @Nullable String action,
    @Nullable String traceId,
    @Nullable String policy,
    @Nullable String rule,
    @Nullable ApprovalId approval,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Cursor after) {
  static final int MOST = 500;
  static final int USUAL = 50;
  private static final List<String> KINDS = List.of("decision", "outcome", "refusal");
  private static final List<String> DECISIONS = List.of("allow", "deny", "pending_approval");
  private static final Set<String> NAMES =
      Set.of(
          "limit",
          "kind",
          "decision",
          "agentId",
          "action",
          "traceId",
          "policy",
          "rule",
          "approvalId",
          "from",
          "to",
          "cursor");

  /** Reads a filter, or refuses the request with all that is wrong in it. */
  static EntryFilter read(Map<String, List<String>> query, TenantId tenant) {
    QueryParameters parameters = new QueryParameters(query, NAMES);
    EntryFilter filter =
        new EntryFilter(
            parameters.number("limit", 1, MOST, USUAL),
            parameters.oneOf("kind", KINDS),
            parameters.oneOf("decision", DECISIONS),
            parameters.text("agentId"),
            parameters.text("action"),
            parameters.text("traceId"),
            parameters.text("policy"),
            parameters.text("rule"),
            approval(parameters),
            parameters.from("from"),
            parameters.to("to"),
            Cursor.read(parameters, tenant));
    if (filter.from != null && filter.to != null && !filter.from.isBefore(filter.to)) {
      parameters.fault("from", "is not before to.");
    }
    parameters.check();
    return filter;
  }

  private static @Nullable ApprovalId approval(QueryParameters parameters) {
    String text = parameters.longText("approvalId");
    Optional<ApprovalId> approval = text == null ? Optional.empty() : ApprovalId.parse(text);
    if (text != null && approval.isEmpty()) {
      parameters.fault("approvalId", "is not the approvalId of a decision.");
    }
    return approval.orElse(null);
  }
}
