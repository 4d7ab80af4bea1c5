package app.meshguard.audit.hold;

import app.meshguard.audit.platform.SystemRecord;
import app.meshguard.audit.subject.Subject;
import app.meshguard.wire.TenantId;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the log tells of a hold. */
final class HoldRecord {
  private HoldRecord() {}

  static byte[] placed(TenantId tenant, Hold hold) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("by", by(hold.placedBy()));
    facts.put("hold", hold.id());
    facts.put("reason", hold.reason());
    facts.put("scope", scope(hold.scope()));
    return SystemRecord.of(tenant, id(hold, "p"), hold.placedAt(), "hold.placed", facts);
  }

  static byte[] lifted(TenantId tenant, Hold hold) {
    Hold.Lifted lifted = Objects.requireNonNull(hold.lifted(), "not lifted");
    Map<String, Object> facts = new TreeMap<>();
    facts.put("by", by(lifted.by()));
    facts.put("hold", hold.id());
    facts.put("reason", lifted.reason());
    return SystemRecord.of(tenant, id(hold, "l"), lifted.at(), "hold.lifted", facts);
  }

  private static String id(Hold hold, String deed) {
    return "sys_" + hold.id().substring("hld_".length()) + deed;
  }

  private static Map<String, String> by(String keyId) {
    return Map.of("id", keyId, "kind", "admin_token");
  }

  private static Map<String, Object> scope(Hold.Scope scope) {
    Map<String, Object> written = new TreeMap<>();
    if (scope.isWholeTenant()) {
      written.put("wholeTenant", true);
    }
    if (scope.agentId() != null) {
      written.put("agentId", scope.agentId());
    }
    if (scope.traceId() != null) {
      written.put("traceId", scope.traceId());
    }
    if (scope.from() != null) {
      written.put("from", scope.from().toString());
    }
    if (scope.to() != null) {
      written.put("to", scope.to().toString());
    }
    Subject subject = scope.subject();
    if (subject != null) {
      written.put("subject", subject.pseudonym().toString());
    }
    return written;
  }
}
