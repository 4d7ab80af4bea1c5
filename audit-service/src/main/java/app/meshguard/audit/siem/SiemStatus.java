package app.meshguard.audit.siem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as its tenant sees it: the secret is never shown.
 *
 * @param nextIndex index of the next entry that is sent
 * @param behind how many entries wait
 * @param failures since the last success
 * @param lastError a word for what went wrong, never the receiver's answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SiemStatus(
    String name,
    String type,
    String url,
    @Nullable String index,
    boolean enabled,
    long nextIndex,
    long behind,
    long sent,
    @Nullable String lastSuccessAt,
    int failures,
    @Nullable String lastError,
    String nextAttemptAt) {
  static final String COLUMNS =
      "t.name, t.type, t.url, t.index_name, t.enabled, t.next_index,"
          + " greatest(0, coalesce((SELECT max(idx) FROM log_entry e"
          + " WHERE e.tenant_id = t.tenant_id), -1) + 1 - t.next_index), t.sent,"
          + " t.last_success_at, t.failures, t.last_error, t.due_at";

  static SiemStatus of(Row row) {
    OffsetDateTime success = row.getOffsetDateTime(8);
    return new SiemStatus(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        success == null ? null : success.toInstant().toString(),
        row.getInteger(9),
        row.getString(10),
        row.getOffsetDateTime(11).toInstant().toString());
  }
}
