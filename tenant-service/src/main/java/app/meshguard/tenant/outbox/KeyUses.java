package app.meshguard.tenant.outbox;

import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps when keys were last used, which the decision-service tells of now and then, and records the
 * first use of a key, ever and of a day (UTC).
 */
@ApplicationScoped
public class KeyUses {
  private final Pool pool;
  private final Outbox outbox;

  KeyUses(Pool pool, Outbox outbox) {
    this.pool = pool;
    this.outbox = outbox;
  }

  /** Keys of one tenant that were used; one that it does not have is left out. */
  public Uni<Void> used(TenantId tenant, Map<String, Instant> lastUses) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery("select set_config('meshguard.tenant', $1, true)")
                    .execute(Tuple.of(tenant.value()))
                    .chain(() -> move(connection, tenant, lastUses)))
        .invoke(outbox::committed);
  }

  /** Never back, and never ahead of this clock: another's may be. */
  private Uni<Void> move(SqlConnection connection, TenantId tenant, Map<String, Instant> uses) {
    return connection
        .preparedQuery(
            "update api_keys k set last_used_at = least(u.at, now())"
                + " from unnest($2::text[], $3::timestamptz[]) as u (id, at)"
                + " join api_keys b on b.tenant_id = $1 and b.id = u.id"
                + " where k.tenant_id = $1 and k.id = u.id"
                + " and (k.last_used_at is null or k.last_used_at < least(u.at, now()))"
                + " returning k.id, k.kind, k.last_used_at, b.last_used_at")
        .execute(
            Tuple.of(tenant.value())
                .addArrayOfString(uses.keySet().toArray(String[]::new))
                .addArrayOfOffsetDateTime(
                    uses.values().stream()
                        .map(at -> at.atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new)))
        .chain(
            rows -> {
              List<OutboxRecord> records = new ArrayList<>();
              rows.forEach(row -> firstUse(tenant, row, records));
              return Multi.createFrom()
                  .iterable(records)
                  .onItem()
                  .transformToUniAndConcatenate(record -> outbox.add(connection, tenant, record))
                  .collect()
                  .last();
            })
        .replaceWithVoid();
  }

  private static void firstUse(TenantId tenant, Row row, List<OutboxRecord> records) {
    Instant at = row.getOffsetDateTime(2).toInstant();
    String first = Logins.first(instant(row.getOffsetDateTime(3)), at);
    // The use of an admin token is a login.
    if (first != null && row.getString(1).equals("agent")) {
      Map<String, Object> use = Map.of("first", first, "keyId", row.getString(0));
      records.add(RecordText.use("key_use", "keyUse", tenant, at, use));
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
