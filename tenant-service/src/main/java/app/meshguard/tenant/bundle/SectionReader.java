package app.meshguard.tenant.bundle;

import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.risk.RiskFloors;
import app.meshguard.tenant.token.TokenConfig;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import app.meshguard.wire.bundle.DirectorySection.KeyEntry;
import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import app.meshguard.wire.bundle.DirectorySection.Settings;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedCanary;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import app.meshguard.wire.bundle.Revocation;
import app.meshguard.wire.bundle.RevocationsSection;
import app.meshguard.wire.bundle.Versions;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is published, as the role {@code tenant_feed}, which sees all tenants, reads what the
 * sections hold, and writes nothing. A section and its version are of one snapshot.
 */
@ApplicationScoped
class SectionReader {
  private static final int FORMAT = 1;
  private static final TypeReference<Map<String, List<String>>> CEILINGS = new TypeReference<>() {};
  private static final TypeReference<List<RouteEntry>> ROUTES = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final Pool pool;
  private final long revocationsMatterSeconds;

  SectionReader(@ReactiveDataSource("feed") Pool pool, TokenConfig tokens) {
    this.pool = pool;
    this.revocationsMatterSeconds = tokens.longestLifetime().toSeconds() + 60;
  }

  /** The versions of every tenant. */
  Uni<List<Versions.OfTenant>> versions() {
    return pool.query("select tenant_id, policies, directory, revocations from section_versions")
        .execute()
        .map(
            rows -> {
              List<Versions.OfTenant> all = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      all.add(
                          new Versions.OfTenant(
                              new TenantId(row.getString(0)),
                              row.getLong(1),
                              row.getLong(2),
                              row.getLong(3))));
              return all;
            });
  }

  /** What is to be told of a tenant whose events were missed: all its revocations with it. */
  Uni<FeedEvent> event(Versions.OfTenant versions) {
    return revocations(versions.tenantId())
        .map(
            section ->
                new FeedEvent(
                    versions.tenantId(),
                    versions.policies(),
                    versions.directory(),
                    versions.revocations(),
                    section == null ? List.of() : section.revoked()));
  }

  /** The policies in force, or null when there is no such tenant. */
  Uni<@Nullable PoliciesSection> policies(TenantId tenant) {
    return snapshot(
        connection ->
            version(connection, tenant, "policies")
                .chain(
                    version ->
                        version == null
                            ? Uni.createFrom().nullItem()
                            : rows(
                                    connection,
                                    "select p.id, p.name, p.revision, r.document,"
                                        + " p.canary_revision, c.document, p.canary_percent"
                                        + " from policies p"
                                        + " join policy_revisions r on r.tenant_id = p.tenant_id"
                                        + " and r.policy_id = p.id and r.revision = p.revision"
                                        + " left join policy_revisions c"
                                        + " on c.tenant_id = p.tenant_id"
                                        + " and c.policy_id = p.id"
                                        + " and c.revision = p.canary_revision"
                                        + " where p.tenant_id = $1 and p.in_force order by p.name",
                                    Tuple.of(tenant.value()),
                                    SectionReader::policy)
                                .map(all -> new PoliciesSection(FORMAT, tenant, version, all))));
  }

  private static PublishedPolicy policy(Row row) {
    return new PublishedPolicy(
        row.getString(0),
        row.getString(1),
        row.getInteger(2),
        row.getString(3),
        row.getInteger(4) == null
            ? null
            : new PublishedCanary(row.getInteger(4), row.getString(5), row.getInteger(6)));
  }

  /** All revocations that still matter, or null when there is no such tenant. */
  Uni<@Nullable RevocationsSection> revocations(TenantId tenant) {
    return snapshot(
        connection ->
            version(connection, tenant, "revocations")
                .chain(
                    version ->
                        version == null
                            ? Uni.createFrom().nullItem()
                            : rows(
                                    connection,
                                    "select kind, id, revoked_at from revocations"
                                        + " where tenant_id = $1"
                                        + " and revoked_at > now() - $2 * interval '1 second'"
                                        + " order by revoked_at, id",
                                    Tuple.of(tenant.value(), (double) revocationsMatterSeconds),
                                    row ->
                                        new Revocation(
                                            Revocation.Kind.valueOf(
                                                row.getString(0).toUpperCase(Locale.ROOT)),
                                            row.getString(1),
                                            millis(row.getOffsetDateTime(2))))
                                .map(all -> new RevocationsSection(FORMAT, tenant, version, all))));
  }

  /** Settings, agents, keys and targets, or null when there is no such tenant. */
  Uni<@Nullable DirectorySection> directory(TenantId tenant) {
    Tuple of = Tuple.of(tenant.value());
    return snapshot(
        connection ->
            version(connection, tenant, "directory")
                .chain(
                    version ->
                        version == null
                            ? Uni.createFrom().nullItem()
                            : settings(connection, of)
                                .chain(
                                    settings ->
                                        agents(connection, of)
                                            .chain(
                                                agents ->
                                                    keys(connection, tenant)
                                                        .chain(
                                                            keys ->
                                                                targets(connection, of)
                                                                    .map(
                                                                        targets ->
                                                                            new DirectorySection(
                                                                                FORMAT, tenant,
                                                                                version, settings,
                                                                                agents, keys,
                                                                                targets)))))));
  }

  private static Uni<Settings> settings(SqlConnection connection, Tuple tenant) {
    return rows(
            connection,
            "select name, plan, timezone, mode, max_staleness_seconds, tier_ceilings,"
                + " risk_floors, medium_risk_per_minute from tenants where tenant_id = $1",
            tenant,
            row ->
                new Settings(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInteger(4),
                    Json.read(row.getString(5), CEILINGS),
                    RiskFloors.stored(row.getString(6), row.getInteger(7)).set()))
        .map(List::getFirst);
  }

  private static Uni<List<AgentEntry>> agents(SqlConnection connection, Tuple tenant) {
    return rows(
        connection,
        "select id, name, trust_tier, risk_level, tags, roles, owner, department, metadata, status,"
            + " tokens_valid_from, expires_at from agents where tenant_id = $1"
            + " order by created_at, id",
        tenant,
        row ->
            new AgentEntry(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Json.texts(row.getString(4)),
                Json.texts(row.getString(5)),
                row.getString(6),
                row.getString(7),
                Json.object(row.getString(8)),
                row.getString(9),
                millis(row.getOffsetDateTime(10)),
                millisOrNull(row.getOffsetDateTime(11))));
  }

  /** Also those that ended of late: a refusal of one is recorded only while its hash is known. */
  private Uni<List<KeyEntry>> keys(SqlConnection connection, TenantId tenant) {
    return rows(
        connection,
        "select id, sha256, agent_id, agent_tags, expires_at, revoked_at from api_keys"
            + " where tenant_id = $1 and kind = 'agent'"
            + " and (revoked_at is null or revoked_at > now() - $2 * interval '1 second')"
            + " and (expires_at is null or expires_at > now() - $2 * interval '1 second')"
            + " order by id",
        Tuple.of(tenant.value(), (double) revocationsMatterSeconds),
        row ->
            new KeyEntry(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                Json.texts(row.getString(3)),
                millisOrNull(row.getOffsetDateTime(4)),
                millisOrNull(row.getOffsetDateTime(5))));
  }

  private static Uni<List<TargetEntry>> targets(SqlConnection connection, Tuple tenant) {
    return rows(
        connection,
        "select id, name, base_url, is_primary, declared_actions, routes, sealed_headers, env"
            + " from targets where tenant_id = $1 order by is_primary desc, name",
        tenant,
        row ->
            new TargetEntry(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                Json.read(row.getString(5), ROUTES),
                Json.read(row.getString(6), HEADERS),
                Json.object(row.getString(7))));
  }

  private <T> Uni<T> snapshot(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(
        connection ->
            connection
                .query("set transaction isolation level repeatable read read only")
                .execute()
                .chain(() -> work.apply(connection)));
  }

  private static Uni<@Nullable Long> version(
      SqlConnection connection, TenantId tenant, String section) {
    return rows(
            connection,
            "select " + section + " from section_versions where tenant_id = $1",
            Tuple.of(tenant.value()),
            row -> row.getLong(0))
        .map(found -> found.isEmpty() ? null : found.getFirst());
  }

  private static <T> Uni<List<T>> rows(
      SqlConnection connection, String sql, Tuple parameters, Function<Row, T> read) {
    return connection
        .preparedQuery(sql)
        .execute(parameters)
        .map(
            rows -> {
              List<T> all = new ArrayList<>(rows.size());
              rows.forEach(row -> all.add(read.apply(row)));
              return all;
            });
  }

  private static long millis(OffsetDateTime time) {
    return time.toInstant().toEpochMilli();
  }

  private static @Nullable Long millisOrNull(@Nullable OffsetDateTime time) {
    return time == null ? null : millis(time);
  }
}
