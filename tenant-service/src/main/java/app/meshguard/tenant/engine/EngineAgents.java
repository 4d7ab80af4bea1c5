package app.meshguard.tenant.engine;

import app.meshguard.policy.Agent;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Reads agents as the engine sees them. Revoked ones are nobody: their calls are not decided. */
@ApplicationScoped
public class EngineAgents {
  private static final String SELECT =
      "select id, name, trust_tier, risk_level, tags, roles, owner, department, metadata, status"
          + " from agents where tenant_id = ?1 and status <> 'revoked'";

  /** The agent of this id, or else of this name. */
  public Uni<Agent> get(Mutiny.Session session, TenantId tenant, String idOrName) {
    return named(session, tenant, List.of(idOrName))
        .map(
            found ->
                found.stream()
                    .min(
                        (a, b) -> Boolean.compare(b.id().equals(idOrName), a.id().equals(idOrName)))
                    .orElseThrow(() -> RequestRefused.notFound("agent")));
  }

  /** The agents of these ids and names, those that there are. */
  public Uni<List<Agent>> named(
      Mutiny.Session session, TenantId tenant, Collection<String> idsOrNames) {
    if (idsOrNames.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return session
        .createNativeQuery(SELECT + " and (id in (?2) or name in (?2))", Object[].class)
        .setParameter(1, tenant.value())
        .setParameter(2, List.copyOf(idsOrNames))
        .getResultList()
        .map(rows -> rows.stream().map(EngineAgents::agent).toList());
  }

  /** All agents; more than {@code most} when there are more. */
  public Uni<List<Agent>> all(Mutiny.Session session, TenantId tenant, int most) {
    return session
        .createNativeQuery(SELECT + " order by id limit ?2", Object[].class)
        .setParameter(1, tenant.value())
        .setParameter(2, most + 1)
        .getResultList()
        .map(rows -> rows.stream().map(EngineAgents::agent).toList());
  }

  private static Agent agent(Object[] row) {
    return new Agent(
        (String) row[0],
        (String) row[1],
        TrustTier.parse((String) row[2]).orElse(TrustTier.UNTRUSTED),
        riskLevel((String) row[3]),
        Set.copyOf(Json.texts((String) row[4])),
        Set.copyOf(Json.texts((String) row[5])),
        (String) row[6],
        (String) row[7],
        JsonValues.seen(Json.object((String) row[8])),
        "suspended".equals(row[9]));
  }

  private static @Nullable RiskLevel riskLevel(@Nullable String text) {
    return text == null ? null : RiskLevel.parse(text).orElse(RiskLevel.CRITICAL);
  }
}
