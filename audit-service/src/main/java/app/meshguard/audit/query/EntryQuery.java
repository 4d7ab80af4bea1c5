package app.meshguard.audit.query;

import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the statement for a filter. All text is our own; every value is a parameter. */
final class EntryQuery {
  private static final String COLUMNS = "idx, appended_at, decided_at, record";
  private static final String NEWEST_FIRST = " ORDER BY decided_at DESC, idx DESC LIMIT ";

  private final StringBuilder conditions = new StringBuilder();
  private final Tuple parameters = Tuple.tuple();
  private final EntryFilter filter;
  private final List<String> agentIds;

  /**
   * Prepares the statement.
   *
   * @param agentIds the ids that the filter's agent may stand for; ignored without an agent
   */
  EntryQuery(TenantId tenant, EntryFilter filter, List<String> agentIds) {
    this.filter = filter;
    this.agentIds = agentIds;
    where("tenant_id = ", tenant.value());
    where("kind = ", filter.kind());
    where("decision = ", filter.decision());
    where("trace_id = ", filter.traceId());
    where("policy = ", filter.policy());
    where("rule = ", filter.rule());
    action(filter.action());
    approval(filter.approval());
    where("decided_at >= ", filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC));
    where("decided_at < ", filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
    after(filter.after());
  }

  String sql() {
    // One more than is wanted tells whether there is a next page.
    String tail = NEWEST_FIRST + (filter.limit() + 1);
    if (filter.agent() == null) {
      return "SELECT " + COLUMNS + " FROM entry WHERE " + conditions + tail;
    }
    // The newest of each id by the index, then the newest of those.
    String name = next(filter.agent());
    String ids = next(agentIds.toArray(String[]::new));
    return "SELECT "
        + COLUMNS
        + " FROM unnest("
        + ids
        + "::text[]) AS wanted (agent) CROSS JOIN LATERAL (SELECT "
        + COLUMNS
        + " FROM entry WHERE agent_id = wanted.agent AND "
        + name
        + "::text IN (agent_id, agent_name) AND "
        + conditions
        + tail
        + ") AS of_agent"
        + tail;
  }

  /** The parameters of {@link #sql()}, which has to be called before. */
  Tuple parameters() {
    return parameters;
  }

  private void where(String condition, @Nullable Object value) {
    if (value != null) {
      conditions.append(conditions.isEmpty() ? "" : " AND ").append(condition).append(next(value));
    }
  }

  private void action(@Nullable String action) {
    if (action == null || action.indexOf('*') < 0) {
      where("action = ", action);
    } else {
      String escaped = action.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
      where("action LIKE ", escaped.replace('*', '%'));
    }
  }

  private void approval(@Nullable ApprovalId approval) {
    if (approval != null) {
      where("decision_id = ", approval.decisionId());
      where("decided_at >= ", approval.decidedAt().atOffset(ZoneOffset.UTC));
      where("decided_at < ", approval.decidedAt().plusMillis(1).atOffset(ZoneOffset.UTC));
      conditions
          .append(" AND position(convert_to(")
          .append(next(approval.text()))
          .append("::text, 'UTF8') IN record) > 0");
    }
  }

  private void after(@Nullable Cursor cursor) {
    if (cursor != null) {
      conditions
          .append(" AND (decided_at, idx) < (")
          .append(next(cursor.decidedAt().atOffset(ZoneOffset.UTC)))
          .append(", ")
          .append(next(cursor.index()))
          .append(')');
    }
  }

  private String next(Object value) {
    parameters.addValue(value);
    return "$" + parameters.size();
  }
}
