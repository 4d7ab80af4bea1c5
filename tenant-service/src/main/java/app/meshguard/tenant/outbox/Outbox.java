package app.meshguard.tenant.outbox;

import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Where records wait. INVARIANT: a change and its record commit together, or neither does. */
@ApplicationScoped
public class Outbox {
  private static final String INSERT = "insert into outbox (tenant_id, id, record) values ";

  private final Pool pool;
  private final Shipper shipper;

  Outbox(Pool pool, Shipper shipper) {
    this.pool = pool;
    this.shipper = shipper;
  }

  /** Adds changes to the transaction that makes them. */
  public Uni<Void> add(
      Mutiny.Session session, TenantId tenant, Actor by, Instant at, List<Change> changes) {
    return Multi.createFrom()
        .iterable(changes)
        .onItem()
        .transformToUniAndConcatenate(
            change -> add(session, tenant, RecordText.change(tenant, at, by, change)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Adds a record to a transaction of its tenant. */
  Uni<Void> add(Mutiny.Session session, TenantId tenant, OutboxRecord record) {
    return session
        .createNativeQuery(INSERT + "(?1, ?2, ?3)")
        .setParameter(1, tenant.value())
        .setParameter(2, record.id())
        .setParameter(3, record.text())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Adds a record that is of no transaction. */
  Uni<Void> add(TenantId tenant, OutboxRecord record) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery("select set_config('meshguard.tenant', $1, true)")
                    .execute(Tuple.of(tenant.value()))
                    .chain(() -> add(connection, tenant, record)))
        .invoke(this::committed);
  }

  /** Adds a record to a transaction of its tenant. */
  Uni<Void> add(SqlConnection connection, TenantId tenant, OutboxRecord record) {
    return connection
        .preparedQuery(INSERT + "($1, $2, $3)")
        .execute(Tuple.of(tenant.value(), record.id(), record.text()))
        .replaceWithVoid();
  }

  /** Called after a commit, so that what it added need not wait for the next look. */
  public void committed() {
    shipper.wake();
  }
}
