package app.meshguard.audit.export;

import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * What a file begins with.
 *
 * @param firstIndex index of the first entry that may stand in it
 * @param lastIndex index of the last one; less than the first when there is none
 * @param complete whether every entry between them stands in it
 * @param logs the tenant's logs, the oldest first
 */
@JsonPropertyOrder({
  "format",
  "tenantId",
  "exportedAt",
  "firstIndex",
  "lastIndex",
  "complete",
  "filters",
  "logs"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection // written to a stream: no resource names it
record ExportScope(
    int format,
    TenantId tenantId,
    String exportedAt,
    long firstIndex,
    long lastIndex,
    boolean complete,
    Map<String, String> filters,
    List<SignedLog> logs) {
  ExportScope {
    filters = Map.copyOf(filters);
    logs = List.copyOf(logs);
  }
}
