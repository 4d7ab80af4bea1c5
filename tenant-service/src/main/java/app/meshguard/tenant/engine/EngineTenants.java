package app.meshguard.tenant.engine;

import app.meshguard.policy.RiskFloor;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.tenant.engine.EngineTenant.Published;
import app.meshguard.tenant.engine.EngineTenant.Shown;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.risk.RiskFloors;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection.FloorEntry;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads what the engine sees of a tenant, in the tenant's own transaction. */
@ApplicationScoped
public class EngineTenants {
  private static final TypeReference<Map<String, List<String>>> CEILINGS = new TypeReference<>() {};

  private record Around(TenantRules rules, Map<String, Object> facts) {}

  public Uni<EngineTenant> of(Mutiny.Session session, TenantId tenant) {
    return around(session, tenant)
        .chain(
            around ->
                env(session, tenant)
                    .chain(
                        env ->
                            published(session, tenant)
                                .map(
                                    policies ->
                                        new EngineTenant(
                                            policies, around.rules(), around.facts(), env))));
  }

  /** The policies in force, by name. */
  public Uni<List<Published>> published(Mutiny.Session session, TenantId tenant) {
    return session
        .createNativeQuery(
            "select p.name, p.revision, r.document, p.canary_revision,"
                + " c.document as canary_document, p.canary_percent from policies p"
                + " join policy_revisions r on r.tenant_id = p.tenant_id"
                + " and r.policy_id = p.id and r.revision = p.revision"
                + " left join policy_revisions c on c.tenant_id = p.tenant_id"
                + " and c.policy_id = p.id and c.revision = p.canary_revision"
                + " where p.tenant_id = ?1 and p.in_force order by p.name",
            Object[].class)
        .setParameter(1, tenant.value())
        .getResultList()
        .map(rows -> rows.stream().map(EngineTenants::policy).toList());
  }

  static Published policy(Object[] row) {
    return new Published(
        (String) row[0],
        ((Number) row[1]).intValue(),
        (String) row[2],
        row[3] == null
            ? null
            : new Shown(
                ((Number) row[3]).intValue(), (String) row[4], ((Number) row[5]).intValue()));
  }

  private static Uni<Around> around(Mutiny.Session session, TenantId tenant) {
    return session
        .createNativeQuery(
            "select name, plan, timezone, tier_ceilings, risk_floors, medium_risk_per_minute"
                + " from tenants where tenant_id = ?1",
            Object[].class)
        .setParameter(1, tenant.value())
        .getSingleResult()
        .map(
            row ->
                new Around(
                    rules(
                        (String) row[2],
                        (String) row[3],
                        RiskFloors.stored((String) row[4], ((Number) row[5]).intValue())),
                    Map.of(
                        "id", tenant.value(), "name", row[0], "plan", row[1], "timezone", row[2])));
  }

  private static Uni<Map<String, Object>> env(Mutiny.Session session, TenantId tenant) {
    return session
        .createNativeQuery(
            "select env from targets where tenant_id = ?1 and is_primary", String.class)
        .setParameter(1, tenant.value())
        .getSingleResultOrNull()
        .map(env -> env == null ? Map.of() : JsonValues.seen(Json.object(env)));
  }

  static TenantRules rules(String timezone, String ceilings, RiskFloors floors) {
    Map<String, RiskFloor> read = new HashMap<>();
    floors.set().forEach((level, entry) -> read.put(level, floor(entry)));
    return TenantRules.read(timezone, Json.read(ceilings, CEILINGS), read);
  }

  private static RiskFloor floor(FloorEntry entry) {
    return new RiskFloor(
        entry.callsPerMinute(), entry.requireApproval(), entry.except(), entry.exactRuleSuffices());
  }
}
