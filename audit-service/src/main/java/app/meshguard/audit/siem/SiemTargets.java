package app.meshguard.audit.siem;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receivers of a tenant, as it manages them. */
@ApplicationScoped
class SiemTargets {
  static final int MOST = 10;

  private static final String LIST =
      "SELECT " + SiemStatus.COLUMNS + " FROM siem_target t WHERE t.tenant_id = $1 ORDER BY t.name";
  private static final String COUNT =
      "SELECT count(*) FROM siem_target WHERE tenant_id = $1 AND name <> $2";
  // Other settings are tried at once. The cursor stays, unless another start is asked for.
  private static final String PUT =
      "INSERT INTO siem_target (tenant_id, name, type, url, index_name, secret, enabled, next_index)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, 0))"
          + " ON CONFLICT (tenant_id, name) DO UPDATE SET type = excluded.type, url = excluded.url,"
          + " index_name = excluded.index_name, secret = excluded.secret,"
          + " enabled = excluded.enabled, next_index = coalesce($8, siem_target.next_index),"
          + " failures = 0, last_error = NULL, due_at = now()";
  private static final String DELETE = "DELETE FROM siem_target WHERE tenant_id = $1 AND name = $2";
  private static final String NEXT =
      "SELECT coalesce(max(idx), -1) + 1 FROM log_entry WHERE tenant_id = $1";

  private final TenantLog log;
  private final SiemSecrets secrets;

  @Inject
  SiemTargets(TenantLog log, SiemSecrets secrets) {
    this.log = log;
    this.secrets = secrets;
  }

  List<SiemStatus> list(TenantId tenant) {
    return log.read(
        tenant,
        connection -> {
          List<SiemStatus> all = new ArrayList<>();
          for (Row row : await(connection.preparedQuery(LIST).execute(Tuple.of(tenant.value())))) {
            all.add(SiemStatus.of(row));
          }
          return all;
        });
  }

  Optional<SiemStatus> find(TenantId tenant, String name) {
    return list(tenant).stream().filter(status -> status.name().equals(name)).findFirst();
  }

  /** Adds or changes one; false when there are as many as there may be. */
  boolean put(TenantId tenant, String name, SiemSettings settings) {
    String sealed = secrets.seal(tenant, name, settings.secret());
    return log.read(
        tenant,
        connection -> {
          Tuple other = Tuple.of(tenant.value(), name);
          if (await(connection.preparedQuery(COUNT).execute(other)).iterator().next().getLong(0)
              >= MOST) {
            return false;
          }
          Long start =
              switch (settings.start()) {
                case BEGINNING -> 0L;
                case NOW ->
                    await(connection.preparedQuery(NEXT).execute(Tuple.of(tenant.value())))
                        .iterator()
                        .next()
                        .getLong(0);
                case KEEP -> null;
              };
          await(
              connection
                  .preparedQuery(PUT)
                  .execute(
                      Tuple.of(tenant.value(), name, settings.type().text())
                          .addString(settings.url().toString())
                          .addString(settings.index())
                          .addString(sealed)
                          .addBoolean(settings.enabled())
                          .addLong(start)));
          return true;
        });
  }

  boolean delete(TenantId tenant, String name) {
    return log.read(
        tenant,
        connection ->
            await(connection.preparedQuery(DELETE).execute(Tuple.of(tenant.value(), name)))
                    .rowCount()
                > 0);
  }
}
