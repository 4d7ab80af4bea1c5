package app.meshguard.audit.search;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a decision by its id. */
@ApplicationScoped
class DecisionLookup {
  private static final String BY_ID =
      "SELECT "
          + LogEntries.COLUMNS
          + ", s.kind FROM search s JOIN log_entry e ON e.tenant_id = s.tenant_id"
          + " AND e.idx = s.idx AND e.appended_at = s.appended_at"
          + " WHERE s.tenant_id = $1 AND s.decision_id = $2"
          + " AND s.kind IN ('decision', 'outcome') ORDER BY s.idx LIMIT 10";

  // After the columns of the log.
  private static final int KIND = 7;

  private final TenantLog log;
  private final LogEntries entries;

  @Inject
  DecisionLookup(TenantLog log, LogEntries entries) {
    this.log = log;
    this.entries = entries;
  }

  /** The decision and its outcome in this tenant's log. */
  Optional<FoundDecision> find(TenantId tenant, String decisionId) {
    return log.read(tenant, connection -> find(connection, tenant, decisionId));
  }

  private Optional<FoundDecision> find(
      SqlConnection connection, TenantId tenant, String decisionId) {
    RawJson decision = null;
    RawJson outcome = null;
    for (Row row :
        await(connection.preparedQuery(BY_ID).execute(Tuple.of(tenant.value(), decisionId)))) {
      RawJson record = json(entries.entry(tenant, row).record());
      if (row.getString(KIND).equals("decision")) {
        decision = decision == null ? record : decision;
      } else {
        outcome = outcome == null ? record : outcome;
      }
    }
    return decision == null ? Optional.empty() : Optional.of(new FoundDecision(decision, outcome));
  }

  private static @Nullable RawJson json(byte @Nullable [] record) {
    return record == null ? null : new RawJson(new String(record, StandardCharsets.UTF_8));
  }
}
