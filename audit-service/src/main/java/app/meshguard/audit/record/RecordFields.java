package app.meshguard.audit.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Gathers the fields of one record that have a column, and says what is missing or wrong. */
final class RecordFields {
  /** An index holds a key of some 2,700 bytes: longer text is cut, in its column only. */
  private static final int ID_LENGTH = 128;

  private static final int TEXT_LENGTH = 512;

  private long format;
  private @Nullable String tenant;
  private @Nullable String kind;
  private @Nullable String decidedAt;
  private @Nullable String decision;
  private @Nullable String decisionId;
  private @Nullable String event;
  private @Nullable String agentId;
  private @Nullable String agentName;
  private @Nullable String action;
  private @Nullable String resource;
  private @Nullable String policy;
  private @Nullable Long policyRevision;
  private @Nullable String rule;
  private @Nullable String code;
  private @Nullable String surface;
  private @Nullable String approvalId;
  private @Nullable String traceId;
  private @Nullable String parentId;
  private @Nullable String spanId;
  private @Nullable Long latencyUs;

  /** Takes the value of a field of the record; leaves the parser on the value's first token. */
  void ofRecord(String key, JsonParser parser) throws IOException, UnreadableRecord {
    JsonToken value = parser.nextToken();
    switch (key) {
      case "action" -> action = text(key, value, parser, TEXT_LENGTH);
      case "approvalId" -> approvalId = text(key, value, parser, ID_LENGTH);
      case "code" -> code = text(key, value, parser, TEXT_LENGTH);
      case "decidedAt" -> decidedAt = text(key, value, parser, TEXT_LENGTH);
      case "decision" -> decision = text(key, value, parser, ID_LENGTH);
      case "decisionId" -> decisionId = text(key, value, parser, ID_LENGTH);
      case "format" -> format = number(key, value, parser);
      case "kind" -> kind = text(key, value, parser, ID_LENGTH);
      case "latencyUs" ->
          latencyUs = value == JsonToken.VALUE_NULL ? null : number(key, value, parser);
      case "parentId" -> parentId = text(key, value, parser, ID_LENGTH);
      case "policy" -> policy = text(key, value, parser, TEXT_LENGTH);
      case "policyRevision" ->
          policyRevision = value == JsonToken.VALUE_NULL ? null : number(key, value, parser);
      case "resource" -> resource = scalar(value, parser);
      case "rule" -> rule = text(key, value, parser, TEXT_LENGTH);
      case "spanId" -> spanId = text(key, value, parser, ID_LENGTH);
      case "surface" -> surface = text(key, value, parser, ID_LENGTH);
      case "tenantId" -> tenant = text(key, value, parser, ID_LENGTH);
      case "traceId" -> traceId = text(key, value, parser, ID_LENGTH);
      default -> {}
    }
  }

  /** Takes the value of a field of an object in the record: {@code outer} is the object's key. */
  void ofObject(String outer, String key, JsonParser parser) throws IOException, UnreadableRecord {
    JsonToken value = parser.nextToken();
    switch (outer) {
      case "agent" -> {
        switch (key) {
          case "id" -> agentId = text("agent.id", value, parser, ID_LENGTH);
          case "name" -> agentName = text("agent.name", value, parser, TEXT_LENGTH);
          default -> {}
        }
      }
      case "event", "change", "system" -> {
        if (key.equals("type")) {
          event = type(outer, text(outer + ".type", value, parser, ID_LENGTH));
        }
      }
      default -> {}
    }
  }

  EvidenceRecord record() throws UnreadableRecord {
    if (format != 1) {
      throw new UnreadableRecord("format " + format + " is not known: only 1 is");
    }
    String itsKind = required("kind", kind);
    switch (itsKind) {
      case "decision", "refusal" -> {
        switch (required("decision", decision)) {
          case "allow", "deny", "pending_approval" -> {}
          default -> throw new UnreadableRecord("decision is not allow, deny or pending_approval");
        }
      }
      case "outcome", "login", "key_use" -> {}
      case "event", "change", "system" -> required(itsKind + ".type", event);
      default ->
          throw new UnreadableRecord(
              "the kind is not known: only change, decision, event, key_use, login, outcome,"
                  + " refusal, system are");
    }
    String at = required("decidedAt", decidedAt);
    return new EvidenceRecord(
        tenantId(required("tenantId", tenant)),
        itsKind,
        at,
        time(at),
        decision,
        required("decisionId", decisionId),
        event,
        agentId,
        agentName,
        action,
        resource,
        policy,
        policyRevision,
        rule,
        code,
        surface,
        approvalId,
        traceId,
        parentId,
        spanId,
        latencyUs);
  }

  /** Stands in the leaf for ever, so it must be a word of ours: no text that a person is in. */
  private static @Nullable String type(String outer, @Nullable String value)
      throws UnreadableRecord {
    for (int i = 0; value != null && i < value.length(); i++) {
      char c = value.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.') || i >= 64) {
        throw new UnreadableRecord(outer + ".type is not at most 64 of a-z, 0-9, _ and .");
      }
    }
    return value;
  }

  private static String required(String key, @Nullable String value) throws UnreadableRecord {
    if (value == null || value.isEmpty()) {
      throw new UnreadableRecord(key + " is missing");
    }
    return value;
  }

  /** The form that TenantId demands, without its regular expression. */
  private static String tenantId(String value) throws UnreadableRecord {
    boolean good = value.length() == 20 && value.startsWith("org_");
    for (int i = 4; good && i < 20; i++) {
      char c = value.charAt(i);
      good = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
    if (!good) {
      throw new UnreadableRecord("tenantId is not a tenant id");
    }
    return value;
  }

  private static OffsetDateTime time(String value) throws UnreadableRecord {
    try {
      OffsetDateTime time = OffsetDateTime.parse(value);
      // What PostgreSQL can hold, and no clock of ours shows.
      if (time.getYear() < 1970 || time.getYear() > 9999) {
        throw new UnreadableRecord("decidedAt is out of range");
      }
      return time;
    } catch (DateTimeException e) {
      throw new UnreadableRecord("decidedAt is not an RFC 3339 time");
    }
  }

  private static long number(String key, JsonToken value, JsonParser parser)
      throws IOException, UnreadableRecord {
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new UnreadableRecord(key + " is not a whole number");
    }
    return parser.getLongValue();
  }

  private static @Nullable String text(String key, JsonToken value, JsonParser parser, int longest)
      throws IOException, UnreadableRecord {
    return switch (value) {
      case VALUE_STRING -> column(parser.getText(), longest);
      case VALUE_NULL -> null;
      default -> throw new UnreadableRecord(key + " is not text");
    };
  }

  /** A resource may be any JSON: only text has a column. */
  private static @Nullable String scalar(JsonToken value, JsonParser parser) throws IOException {
    return value == JsonToken.VALUE_STRING ? column(parser.getText(), TEXT_LENGTH) : null;
  }

  /** Text as a column can hold it: PostgreSQL has no NUL, an index no long key. */
  private static String column(String text, int longest) {
    String cut = text;
    if (text.length() > longest) {
      boolean inPair = Character.isHighSurrogate(text.charAt(longest - 1));
      cut = text.substring(0, inPair ? longest - 1 : longest);
    }
    return cut.indexOf('\0') < 0 ? cut : cut.replace('\0', '\uFFFD');
  }
}
