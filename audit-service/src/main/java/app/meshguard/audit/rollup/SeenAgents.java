package app.meshguard.audit.rollup;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent was last called, and trusted. */
public record SeenAgents(Map<String, Agent> byId) {
  private static final String LATEST =
      "SELECT DISTINCT ON (agent_id) agent_id, name, trust_tier FROM seen_agent"
          + " WHERE tenant_id = $1 AND agent_id = ANY ($2) ORDER BY agent_id, last_at DESC";
  private static final String TIERS =
      "SELECT coalesce(trust_tier, ''), count(*) FROM (SELECT DISTINCT ON (agent_id) trust_tier"
          + " FROM seen_agent WHERE tenant_id = $1 AND last_at >= $2"
          + " ORDER BY agent_id, last_at DESC) AS latest GROUP BY 1";

  /** The last name and tier. */
  public record Agent(String name, @Nullable String trustTier) {}

  public SeenAgents {
    byId = Map.copyOf(byId);
  }

  /** Looks the agents with these ids up. */
  public static SeenAgents of(SqlConnection connection, TenantId tenant, Collection<String> ids) {
    Map<String, Agent> agents = new HashMap<>();
    Tuple wanted = Tuple.of(tenant.value()).addArrayOfString(ids.toArray(String[]::new));
    for (Row row : await(connection.preparedQuery(LATEST).execute(wanted))) {
      agents.put(row.getString(0), new Agent(row.getString(1), row.getString(2)));
    }
    return new SeenAgents(agents);
  }

  /** How many agents of each tier were seen since then; no tier is the empty text. */
  public static Map<String, Long> tiers(SqlConnection connection, TenantId tenant, Instant since) {
    Map<String, Long> tiers = new HashMap<>();
    Tuple wanted = Tuple.of(tenant.value(), since.atOffset(ZoneOffset.UTC));
    for (Row row : await(connection.preparedQuery(TIERS).execute(wanted))) {
      tiers.put(row.getString(0), row.getLong(1));
    }
    return tiers;
  }

  public @Nullable String name(@Nullable String id) {
    Agent agent = id == null ? null : byId.get(id);
    return agent == null ? null : agent.name();
  }

  public @Nullable String trustTier(@Nullable String id) {
    Agent agent = id == null ? null : byId.get(id);
    return agent == null ? null : agent.trustTier();
  }
}
