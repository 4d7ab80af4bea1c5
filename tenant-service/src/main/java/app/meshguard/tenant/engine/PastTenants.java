package app.meshguard.tenant.engine;

import app.meshguard.policy.value.JsonValues;
import app.meshguard.tenant.engine.EngineTenant.Published;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.risk.RiskFloors;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Reads what the engine saw of a tenant at past versions of what replicas held of it. */
@ApplicationScoped
public class PastTenants {

  /** A tenant as it was, as far as it is known. */
  public sealed interface Past {
    /** All of it is. */
    record Known(EngineTenant tenant) implements Past {}

    /**
     * Something is not.
     *
     * @param why in sentences
     */
    record Unknown(List<String> why) implements Past {
      public Unknown {
        why = List.copyOf(why);
      }
    }
  }

  /** The rows of history that hold for the versions asked for. */
  private record Found(long policies, long settings, List<String> unknown) {}

  public Uni<Past> at(Mutiny.Session session, TenantId tenant, long policies, long directory) {
    return find(session, tenant, policies, directory)
        .chain(
            found ->
                !found.unknown().isEmpty()
                    ? Uni.createFrom().item(new Past.Unknown(found.unknown()))
                    : settings(session, tenant, found.settings())
                        .chain(
                            settings ->
                                published(session, tenant, found.policies())
                                    .map(all -> new Past.Known(of(tenant, settings, all)))));
  }

  private static Uni<Found> find(
      Mutiny.Session session, TenantId tenant, long policies, long directory) {
    return session
        .createNativeQuery(
            "select v.policies, v.directory,"
                + " (select max(h.version) from policy_history h"
                + " where h.tenant_id = ?1 and h.version <= ?2) as policies_then,"
                + " (select max(h.version) from settings_history h"
                + " where h.tenant_id = ?1 and h.version <= ?3) as settings_then"
                + " from section_versions v where v.tenant_id = ?1",
            Object[].class)
        .setParameter(1, tenant.value())
        .setParameter(2, policies)
        .setParameter(3, directory)
        .getSingleResultOrNull()
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("tenant"))
        .map(
            row -> {
              List<String> unknown = new ArrayList<>();
              long policiesThen = known("policies", policies, row[0], row[2], unknown);
              long settingsThen = known("directory", directory, row[1], row[3], unknown);
              return new Found(policiesThen, settingsThen, unknown);
            });
  }

  private static long known(
      String section, long asked, Object now, @Nullable Object then, List<String> unknown) {
    if (asked > number(now)) {
      unknown.add(
          "Version "
              + asked
              + " of the "
              + section
              + " is later than any that is known, which is "
              + now
              + ": the database was restored from a backup.");
      return 0;
    }
    if (then == null) {
      unknown.add(
          "What version "
              + asked
              + " of the "
              + section
              + " held was not kept yet: the decision was made under a release before this was"
              + " kept.");
      return 0;
    }
    return number(then);
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static Uni<JsonNode> settings(Mutiny.Session session, TenantId tenant, long version) {
    return session
        .createNativeQuery(
            "select settings from settings_history where tenant_id = ?1 and version = ?2",
            String.class)
        .setParameter(1, tenant.value())
        .setParameter(2, version)
        .getSingleResult()
        .map(text -> Json.read(text, JsonNode.class));
  }

  private static Uni<List<Published>> published(
      Mutiny.Session session, TenantId tenant, long version) {
    return session
        .createNativeQuery(
            "select p.name, p.revision, r.document, p.canary,"
                + " c.document as canary_document, p.percent from policy_history h"
                + " cross join json_to_recordset(cast(h.policies as json))"
                + " as p (id text, name text, revision int, canary int, percent int)"
                + " join policy_revisions r on r.tenant_id = h.tenant_id"
                + " and r.policy_id = p.id and r.revision = p.revision"
                + " left join policy_revisions c on c.tenant_id = h.tenant_id"
                + " and c.policy_id = p.id and c.revision = p.canary"
                + " where h.tenant_id = ?1 and h.version = ?2 order by p.name",
            Object[].class)
        .setParameter(1, tenant.value())
        .setParameter(2, version)
        .getResultList()
        .map(rows -> rows.stream().map(EngineTenants::policy).toList());
  }

  private static EngineTenant of(TenantId tenant, JsonNode settings, List<Published> policies) {
    String name = settings.get("name").textValue();
    String plan = settings.get("plan").textValue();
    String timezone = settings.get("timezone").textValue();
    return new EngineTenant(
        policies,
        EngineTenants.rules(
            timezone,
            settings.get("tierCeilings").toString(),
            RiskFloors.stored(
                settings.get("riskFloors").toString(),
                settings.get("mediumRiskPerMinute").intValue())),
        Map.of("id", tenant.value(), "name", name, "plan", plan, "timezone", timezone),
        JsonValues.seen(Json.object(settings.get("env").toString())));
  }
}
