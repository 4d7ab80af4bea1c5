package app.meshguard.tenant.outbox;

import app.meshguard.wire.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes records, format 1. */
final class RecordText {
  /** Of one side of a change; a target may have hundreds of routes. */
  private static final int MOST = 96 << 10;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private RecordText() {}

  static OutboxRecord change(TenantId tenant, Instant at, Actor by, Change change) {
    Map<String, Object> body = new TreeMap<>();
    body.put("type", change.type());
    body.put("by", Map.of("kind", by.kind(), "id", by.id()));
    body.put("target", target(change.target()));
    put(body, "before", bounded(CanonicalJson.object(change.before())));
    put(body, "after", bounded(CanonicalJson.object(change.after())));
    Map<String, Object> record = record("change", tenant, at);
    record.put("change", body);
    if (change.target().kind().equals("agent")) {
      record.put("agent", identified(change.target().id(), change.target().name()));
    }
    return finished(record, "chg_", at);
  }

  /** Of kind {@code login} or {@code key_use}, whose details stand under {@code key}. */
  static OutboxRecord use(
      String kind, String key, TenantId tenant, Instant at, Map<String, Object> details) {
    Map<String, Object> record = record(kind, tenant, at);
    record.put(key, details);
    return finished(record, kind.equals("login") ? "lgn_" : "use_", at);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  private static Map<String, Object> record(String kind, TenantId tenant, Instant at) {
    Map<String, Object> record = new TreeMap<>();
    record.put("decidedAt", time(at));
    record.put("format", 1);
    record.put("kind", kind);
    record.put("service", "tenant-service");
    record.put("tenantId", tenant.value());
    return record;
  }

  private static OutboxRecord finished(Map<String, Object> record, String prefix, Instant at) {
    String id = RecordIds.make(prefix, at.toEpochMilli());
    record.put("decisionId", id);
    return new OutboxRecord(id, CanonicalJson.write(record));
  }

  private static Map<String, Object> target(Change.Target target) {
    Map<String, Object> json = identified(target.id(), target.name());
    json.put("kind", target.kind());
    return json;
  }

  private static Map<String, Object> identified(String id, @Nullable String name) {
    Map<String, Object> json = new TreeMap<>();
    json.put("id", id);
    put(json, "name", name);
    return json;
  }

  private static void put(Map<String, Object> json, String key, @Nullable Object value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  /** What is too long for a record is named by its digest. */
  private static @Nullable Map<String, ?> bounded(@Nullable Map<String, ?> side) {
    if (side == null) {
      return null;
    }
    byte[] text = CanonicalJson.write(side).getBytes(StandardCharsets.UTF_8);
    return text.length <= MOST
        ? side
        : Map.of("tooLarge", true, "bytes", text.length, "sha256", sha256(text));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
