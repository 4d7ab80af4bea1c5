package app.meshguard.audit.siem;

import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A receiver and the next entry that it is to get.
 *
 * @param indexName Splunk's index, or Elastic's; Elastic needs one
 * @param secret sealed
 */
record SiemTarget(
    TenantId tenant,
    String name,
    SiemType type,
    URI url,
    @Nullable String indexName,
    String secret,
    long nextIndex,
    int failures) {
  static final String COLUMNS =
      "tenant_id, name, type, url, index_name, secret, next_index, failures";

  static SiemTarget of(Row row) {
    return new SiemTarget(
        new TenantId(row.getString(0)),
        row.getString(1),
        SiemType.of(row.getString(2)).orElseThrow(),
        URI.create(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getInteger(7));
  }
}
