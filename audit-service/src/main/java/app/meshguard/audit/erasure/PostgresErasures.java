package app.meshguard.audit.erasure;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.hold.GuardedDestruction;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.projection.ForgottenEntries;
import app.meshguard.audit.subject.Pseudonym;
import app.meshguard.audit.subject.Subject;
import app.meshguard.audit.subject.SubjectPath;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Erasures as rows: asked for by the app's role, carried out by the one that may destroy. */
@ApplicationScoped
class PostgresErasures {
  private static final String COLUMNS =
      "SELECT id, subject, paths, requested_by, requested_at, next_idx, end_idx, erased, held,"
          + " held_by, unerasable, unreadable, finished_at FROM erasure WHERE tenant_id = $1 ";
  private static final String ASK =
      "INSERT INTO erasure (tenant_id, id, subject, paths, requested_by, requested_at, end_idx)"
          + " SELECT $1, $2, $3, $4, $5, $6, coalesce(max(idx) + 1, 0) FROM log_entry"
          + " WHERE tenant_id = $1 ON CONFLICT (tenant_id, subject, paths)"
          + " WHERE finished_at IS NULL DO NOTHING";
  private static final String ERASE =
      "UPDATE log_entry SET seed = NULL, payload = NULL WHERE tenant_id = $1 AND idx = ANY ($2)";
  private static final String NTH =
      "SELECT idx FROM log_entry WHERE tenant_id = $1 AND idx >= $2 AND idx < $3 ORDER BY idx"
          + " OFFSET $4 LIMIT 1";
  private static final String NOTE =
      "INSERT INTO erased_entry (tenant_id, erasure, idx) SELECT $1, $2, unnest($3::bigint[])";
  private static final String MOVE =
      "UPDATE erasure SET next_idx = $3, erased = erased + $4, held = held + $5,"
          + " held_by = (SELECT coalesce(array_agg(DISTINCT id ORDER BY id), '{}')"
          + " FROM unnest(held_by || $6::text[]) AS id), unerasable = unerasable + $7,"
          + " unreadable = unreadable + $8, finished_at = $9"
          + " WHERE tenant_id = $1 AND id = $2 AND next_idx = $10 AND finished_at IS NULL";
  private static final String WORK =
      "SELECT tenant_id FROM erasure WHERE NOT recorded GROUP BY tenant_id"
          + " ORDER BY min(requested_at)";

  private final TenantLog log;
  private final GuardedDestruction destruction;
  private final Pool pool;

  @Inject
  PostgresErasures(
      TenantLog log, GuardedDestruction destruction, @ReactiveDataSource("retention") Pool pool) {
    this.log = log;
    this.destruction = destruction;
    this.pool = pool;
  }

  /** Notes the wish, unless this person's erasure is at work; answers the one that is. */
  Erasure ask(TenantId tenant, String id, Subject subject, String by, Instant now) {
    Buffer pseudonym = Buffer.buffer(subject.pseudonym().bytes());
    String[] paths = subject.paths().stream().map(SubjectPath::text).toArray(String[]::new);
    return log.read(
        tenant,
        connection -> {
          await(
              connection
                  .preparedQuery(ASK)
                  .execute(Tuple.of(tenant.value(), id, pseudonym, paths, by, time(now))));
          return read(
                  connection,
                  "AND subject = $2 AND paths = $3 ORDER BY requested_at DESC, id LIMIT 1",
                  Tuple.of(tenant.value(), pseudonym, paths))
              .getFirst();
        });
  }

  Optional<Erasure> find(TenantId tenant, String id) {
    return log.read(
        tenant,
        connection ->
            read(connection, "AND id = $2", Tuple.of(tenant.value(), id)).stream().findFirst());
  }

  List<Erasure> newest(TenantId tenant, int limit) {
    return log.read(
        tenant,
        connection ->
            read(
                connection,
                "ORDER BY requested_at DESC, id LIMIT $2",
                Tuple.of(tenant.value(), limit)));
  }

  /** The tenants for which there is something to do, the one that waits longest first. */
  List<TenantId> withWork() {
    List<TenantId> tenants = new ArrayList<>();
    for (Row row : await(pool.preparedQuery(WORK).execute())) {
      tenants.add(new TenantId(row.getString(0)));
    }
    return tenants;
  }

  /** What is not carried out, or not told by the log, in the order it was asked for. */
  List<Erasure> unrecorded(TenantId tenant) {
    return destruction.destroy(
        tenant,
        (connection, holds) ->
            read(
                connection,
                "AND NOT recorded ORDER BY requested_at, id",
                Tuple.of(tenant.value())));
  }

  /** The indexes that an erasure destroyed, ascending. */
  List<Long> erased(TenantId tenant, String id) {
    return destruction.destroy(
        tenant,
        (connection, holds) -> {
          List<Long> indexes = new ArrayList<>();
          for (Row row :
              await(
                  connection
                      .preparedQuery(
                          "SELECT idx FROM erased_entry WHERE tenant_id = $1 AND erasure = $2"
                              + " ORDER BY idx")
                      .execute(Tuple.of(tenant.value(), id)))) {
            indexes.add(row.getLong(0));
          }
          return indexes;
        });
  }

  void recorded(TenantId tenant, String id) {
    destruction.destroy(
        tenant,
        (connection, holds) ->
            await(
                connection
                    .preparedQuery(
                        "UPDATE erasure SET recorded = true WHERE tenant_id = $1 AND id = $2")
                    .execute(Tuple.of(tenant.value(), id))));
  }

  /**
   * Where the page from {@code from} on ends: after so many entries as fit it, or where the erasure
   * ends. What retention deleted is passed over.
   */
  long pageEnd(SqlConnection connection, TenantId tenant, long from, long end, int size) {
    Tuple parameters = Tuple.of(tenant.value(), from, end, size - 1);
    for (Row row : await(connection.preparedQuery(NTH).execute(parameters))) {
      return row.getLong(0) + 1;
    }
    return end;
  }

  /** Destroys what the page says and moves the erasure past it. */
  void carryOut(
      SqlConnection connection,
      TenantId tenant,
      Erasure erasure,
      ErasurePage page,
      long next,
      Instant now) {
    Long[] indexes = page.indexes();
    if (indexes.length > 0) {
      await(
          connection
              .preparedQuery(ERASE)
              .execute(Tuple.of(tenant.value()).addArrayOfLong(indexes)));
      await(
          connection.preparedQuery(NOTE).execute(Tuple.of(tenant.value(), erasure.id(), indexes)));
      ForgottenEntries.neutralise(connection, tenant, page.erase(), page.naming());
    }
    int moved =
        await(
                connection
                    .preparedQuery(MOVE)
                    .execute(
                        Tuple.of(tenant.value(), erasure.id(), next, page.erase().size())
                            .addLong(page.held())
                            .addArrayOfString(page.heldBy().toArray(String[]::new))
                            .addLong(page.unerasable())
                            .addLong(page.unreadable())
                            .addOffsetDateTime(next >= erasure.endIndex() ? time(now) : null)
                            .addLong(erasure.nextIndex())))
            .rowCount();
    if (moved != 1) {
      throw new IllegalStateException("somebody else is at this erasure");
    }
  }

  private static List<Erasure> read(SqlConnection connection, String condition, Tuple parameters) {
    List<Erasure> erasures = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(COLUMNS + condition).execute(parameters))) {
      OffsetDateTime finished = row.getOffsetDateTime("finished_at");
      erasures.add(
          new Erasure(
              row.getString("id"),
              new Subject(
                  new Pseudonym(row.getBuffer("subject").getBytes()),
                  Stream.of(row.getArrayOfStrings("paths"))
                      .flatMap(path -> SubjectPath.parse(path).stream())
                      .toList()),
              row.getString("requested_by"),
              row.getOffsetDateTime("requested_at").toInstant(),
              row.getLong("next_idx"),
              row.getLong("end_idx"),
              row.getLong("erased"),
              row.getLong("held"),
              List.of(row.getArrayOfStrings("held_by")),
              row.getLong("unerasable"),
              row.getLong("unreadable"),
              finished == null ? null : finished.toInstant()));
    }
    return erasures;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
