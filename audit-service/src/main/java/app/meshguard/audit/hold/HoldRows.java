package app.meshguard.audit.hold;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.subject.Pseudonym;
import app.meshguard.audit.subject.Subject;
import app.meshguard.audit.subject.SubjectPath;
import app.meshguard.wire.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds as rows. */
final class HoldRows {
  private static final String SELECT =
      "SELECT id, agent_id, trace_id, from_at, to_at, subject, paths, reason, placed_by, placed_at,"
          + " lifted_by, lifted_at, lifted_because FROM hold WHERE tenant_id = $1";
  private static final String INSERT =
      "INSERT INTO hold (tenant_id, id, agent_id, trace_id, from_at, to_at, subject, paths, reason,"
          + " placed_by, placed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
  private static final String LIFT =
      "UPDATE hold SET lifted_by = $3, lifted_at = $4, lifted_because = $5"
          + " WHERE tenant_id = $1 AND id = $2 AND lifted_at IS NULL";

  private static final String UNRECORDED =
      " AND %1$s_at IS NOT NULL AND NOT %1$s_recorded ORDER BY placed_at, id LIMIT 100";

  private HoldRows() {}

  static List<Hold> inForce(SqlConnection connection, TenantId tenant) {
    return read(
        connection, " AND lifted_at IS NULL ORDER BY placed_at, id", Tuple.of(tenant.value()));
  }

  static List<Hold> all(SqlConnection connection, TenantId tenant) {
    return read(connection, " ORDER BY placed_at, id", Tuple.of(tenant.value()));
  }

  static Optional<Hold> one(SqlConnection connection, TenantId tenant, String id) {
    return read(connection, " AND id = $2", Tuple.of(tenant.value(), id)).stream().findFirst();
  }

  static void insert(SqlConnection connection, TenantId tenant, Hold hold) {
    Hold.Scope scope = hold.scope();
    Subject subject = scope.subject();
    await(
        connection
            .preparedQuery(INSERT)
            .execute(
                Tuple.of(tenant.value(), hold.id(), scope.agentId(), scope.traceId())
                    .addOffsetDateTime(time(scope.from()))
                    .addOffsetDateTime(time(scope.to()))
                    .addBuffer(subject == null ? null : Buffer.buffer(subject.pseudonym().bytes()))
                    .addArrayOfString(
                        subject == null
                            ? null
                            : subject.paths().stream()
                                .map(SubjectPath::text)
                                .toArray(String[]::new))
                    .addString(hold.reason())
                    .addString(hold.placedBy())
                    .addOffsetDateTime(time(hold.placedAt()))));
  }

  /** Whether it was in force until now. */
  static boolean lift(SqlConnection connection, TenantId tenant, String id, Hold.Lifted lifted) {
    return await(
                connection
                    .preparedQuery(LIFT)
                    .execute(
                        Tuple.of(
                            tenant.value(), id, lifted.by(), time(lifted.at()), lifted.reason())))
            .rowCount()
        == 1;
  }

  /**
   * Holds of which the log does not tell yet that they were placed, or lifted.
   *
   * @param deed {@code placed} or {@code lifted}, a word of ours
   */
  static List<Hold> unrecorded(SqlConnection connection, TenantId tenant, String deed) {
    return read(connection, UNRECORDED.formatted(deed), Tuple.of(tenant.value()));
  }

  /** Notes that the log tells of it. */
  static void recorded(SqlConnection connection, TenantId tenant, String id, String deed) {
    await(
        connection
            .preparedQuery(
                "UPDATE hold SET " + deed + "_recorded = true WHERE tenant_id = $1 AND id = $2")
            .execute(Tuple.of(tenant.value(), id)));
  }

  private static List<Hold> read(SqlConnection connection, String condition, Tuple parameters) {
    List<Hold> holds = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(SELECT + condition).execute(parameters))) {
      holds.add(hold(row));
    }
    return holds;
  }

  private static Hold hold(Row row) {
    Buffer pseudonym = row.getBuffer("subject");
    Subject subject =
        pseudonym == null
            ? null
            : new Subject(
                new Pseudonym(pseudonym.getBytes()), paths(row.getArrayOfStrings("paths")));
    OffsetDateTime liftedAt = row.getOffsetDateTime("lifted_at");
    return new Hold(
        row.getString("id"),
        new Hold.Scope(
            row.getString("agent_id"),
            row.getString("trace_id"),
            instant(row.getOffsetDateTime("from_at")),
            instant(row.getOffsetDateTime("to_at")),
            subject),
        row.getString("reason"),
        row.getString("placed_by"),
        row.getOffsetDateTime("placed_at").toInstant(),
        liftedAt == null
            ? null
            : new Hold.Lifted(
                row.getString("lifted_by"), liftedAt.toInstant(), row.getString("lifted_because")));
  }

  private static List<SubjectPath> paths(String[] texts) {
    List<SubjectPath> paths = new ArrayList<>();
    for (String text : texts) {
      paths.add(SubjectPath.parse(text).orElseThrow());
    }
    return paths;
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
