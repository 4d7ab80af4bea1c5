package app.meshguard.audit.platform;

import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes the records of what this service itself did: canonical JSON, kind {@code system}. */
public final class SystemRecord {
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private SystemRecord() {}

  /**
   * The bytes of a record.
   *
   * @param id {@code sys_…}; the same for the same deed, however often it is written
   * @param type such as {@code retention.run}
   * @param facts texts, whole numbers, lists and maps of them; no nulls
   */
  public static byte[] of(
      TenantId tenant, String id, Instant at, String type, Map<String, ?> facts) {
    Map<String, Object> system = new TreeMap<>(facts);
    system.put("type", type);
    Map<String, Object> record = new HashMap<>();
    record.put("decidedAt", at.toString());
    record.put("decisionId", id);
    record.put("format", 1);
    record.put("kind", "system");
    record.put("service", "audit-service");
    record.put("system", system);
    record.put("tenantId", tenant.value());
    try {
      return CANONICAL.writeValueAsBytes(new TreeMap<>(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record cannot be written", e);
    }
  }
}
