package app.meshguard.audit.export;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.record.EvidenceRecord;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry as an event of the Open Cybersecurity Schema Framework: API Activity (class 6003) of
 * version 1.3.0 with the profile security_control. Nothing is lost by it: the record is raw_data.
 */
final class OcsfEvent {
  static final String VERSION = "1.3.0";
  private static final int CATEGORY = 6;
  private static final int CLASS = 6003;
  private static final int OTHER = 99;

  private final TenantId tenant;

  OcsfEvent(TenantId tenant) {
    this.tenant = tenant;
  }

  ObjectNode of(ExportEntry exported) throws IOException {
    LogEntry entry = exported.entry();
    EvidenceRecord fields = exported.fields();
    byte @Nullable [] record = entry.record();
    @Nullable JsonNode whole = record == null ? null : ExportJson.MAPPER.readTree(record);
    ObjectNode event = ExportJson.MAPPER.createObjectNode();
    int activity = activity(fields.action());
    event.put("activity_id", activity);
    event.put("category_uid", CATEGORY);
    event.put("class_uid", CLASS);
    event.put("type_uid", CLASS * 100L + activity);
    event.put("severity_id", 1);
    event.put("time", fields.decidedAt().toInstant().toEpochMilli());
    decision(event, fields.decision());
    actor(event, fields, whole);
    api(event, fields);
    put(event, "message", text(whole, "reason"));
    if (fields.resource() != null) {
      event.putArray("resources").addObject().put("name", fields.resource());
    }
    metadata(event, entry, fields);
    if (record != null) {
      event.put("raw_data", new String(record, StandardCharsets.UTF_8));
    }
    ObjectNode unmapped = event.putObject("unmapped");
    put(unmapped, "code", fields.code());
    put(unmapped, "parentId", fields.parentId());
    unmapped.put("leaf", Base64.getEncoder().encodeToString(entry.leaf()));
    if (record == null) {
      unmapped.put(entry.damaged() ? "damaged" : "erased", true);
    }
    return event;
  }

  /** What an action does to what it names: its verb stands before the colon. */
  private static int activity(@Nullable String action) {
    if (action == null) {
      return OTHER;
    }
    int colon = action.indexOf(':');
    return switch ((colon < 0 ? action : action.substring(0, colon)).toLowerCase(Locale.ROOT)) {
      case "create" -> 1;
      case "read", "get", "list" -> 2;
      case "write", "update" -> 3;
      case "delete" -> 4;
      default -> OTHER;
    };
  }

  private static void decision(ObjectNode event, @Nullable String decision) {
    if (decision == null) {
      event.put("status_id", 0);
      return;
    }
    // Action: 0 unknown, 1 allowed, 2 denied. Disposition: 1 allowed, 2 blocked, 14 delayed.
    switch (decision) {
      case "allow" -> event.put("status_id", 1).put("action_id", 1).put("disposition_id", 1);
      case "deny" -> event.put("status_id", 2).put("action_id", 2).put("disposition_id", 2);
      default -> event.put("status_id", OTHER).put("action_id", 0).put("disposition_id", 14);
    }
    event.put("status_detail", decision);
  }

  private static void actor(ObjectNode event, EvidenceRecord fields, @Nullable JsonNode whole) {
    ObjectNode actor = event.putObject("actor");
    ObjectNode source = event.putObject("src_endpoint");
    if (fields.agentId() == null) {
      String by = whole == null ? null : whole.path("change").path("by").path("id").textValue();
      String service = text(whole, "service");
      if (by != null) {
        actor.putObject("user").put("uid", by);
      }
      actor.put("app_name", service == null ? "meshguard" : service);
      source.put("svc_name", service == null ? "meshguard" : service);
    } else {
      actor.put("app_uid", fields.agentId());
      put(actor, "app_name", fields.agentName());
      source.put("uid", fields.agentId());
      put(source, "name", fields.agentName());
    }
    if (fields.policy() != null) {
      ArrayNode authorizations = actor.putArray("authorizations");
      ObjectNode policy =
          authorizations
              .addObject()
              .put("decision", fields.decision())
              .putObject("policy")
              .put("name", fields.policy());
      put(policy, "uid", fields.rule());
      if (fields.policyRevision() != null) {
        policy.put("version", fields.policyRevision().toString());
      }
    }
  }

  private static void api(ObjectNode event, EvidenceRecord fields) {
    ObjectNode api = event.putObject("api");
    String operation = fields.action();
    api.put(
        "operation",
        operation != null
            ? operation
            : fields.event() == null ? fields.kind() : fields.kind() + ":" + fields.event());
    if (fields.surface() != null) {
      api.putObject("service").put("name", fields.surface());
    }
  }

  private void metadata(ObjectNode event, LogEntry entry, EvidenceRecord fields) {
    ObjectNode metadata = event.putObject("metadata");
    metadata.put("version", VERSION);
    metadata.putObject("product").put("name", "MeshGuard").put("vendor_name", "MeshGuard");
    metadata.putArray("profiles").add("security_control");
    byte @Nullable [] record = entry.record();
    metadata.put(
        "uid", record == null ? fields.decisionId() : EntryId.of(entry.index(), record).toString());
    metadata.put("event_code", fields.kind());
    metadata.put("tenant_uid", tenant.value());
    metadata.put("sequence", entry.index());
    metadata.put("original_time", fields.at());
    metadata.put("logged_time", entry.appendedAt().toEpochMilli());
    put(metadata, "correlation_uid", fields.traceId());
  }

  private static void put(ObjectNode object, String key, @Nullable String value) {
    if (value != null) {
      object.put(key, value);
    }
  }

  private static @Nullable String text(@Nullable JsonNode record, String key) {
    JsonNode value = record == null ? null : record.get(key);
    return value == null ? null : value.textValue();
  }
}
