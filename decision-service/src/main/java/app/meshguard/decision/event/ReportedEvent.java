package app.meshguard.decision.event;

import app.meshguard.decision.check.CheckRequest;
import app.meshguard.decision.check.TraceId;
import app.meshguard.decision.json.Fields;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.json.JsonText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an agent reports.
 *
 * @param event what is of its type
 * @param reads names of resources
 * @param writes names of resources
 */
record ReportedEvent(
    EventType type,
    Map<String, Object> event,
    List<String> reads,
    List<String> writes,
    @Nullable String action,
    @Nullable Object resource,
    Map<String, Object> context,
    @Nullable String traceId,
    @Nullable String parentId) {
  static final int MAX_BODY = 1 << 20;
  static final int MAX_EVENTS = 100;

  /** Of what one event says, as canonical JSON. */
  static final int MAX_EVENT = 64 << 10;

  private static final Set<String> COMMON =
      Set.of("type", "occurredAt", "action", "resource", "context", "traceId", "parentId");
  private static final Pattern DECISION = Pattern.compile("dec_[0-9A-HJKMNP-TV-Z]{26}");
  private static final Pattern STATUS = Pattern.compile("ok|error");
  private static final int NAME = 256;
  private static final int TEXT = 2000;
  private static final int MAX_LINEAGE = 100;
  private static final int MAX_RESOURCE = 2048;
  private static final long WEEK_MS = 7L * 24 * 3600 * 1000;

  /** The body: {@code {"events":[…]}}. */
  static List<ReportedEvent> read(byte[] body) {
    Fields fields = new Fields(JsonReading.object(body), "").only(Set.of("events"));
    if (!(fields.any("events") instanceof List<?> list)
        || list.isEmpty()
        || list.size() > MAX_EVENTS) {
      throw fields.wrong("events", "must be a list of 1 to " + MAX_EVENTS + " events");
    }
    List<ReportedEvent> events = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      events.add(of(element(list.get(i), "events[" + i + "]")));
    }
    return events;
  }

  /** The same, caused by this where it does not say by what. */
  ReportedEvent causedBy(@Nullable String parent) {
    return parentId != null || parent == null
        ? this
        : new ReportedEvent(type, event, reads, writes, action, resource, context, traceId, parent);
  }

  @SuppressWarnings("unchecked") // JsonReading makes maps with text keys only.
  private static Fields element(Object value, String path) {
    if (value instanceof Map<?, ?> map) {
      return new Fields((Map<String, Object>) map, path + ".");
    }
    throw new InvalidJson("'" + path + "' must be an object");
  }

  private static ReportedEvent of(Fields fields) {
    EventType type =
        EventType.named(fields.requiredText("type", NAME))
            .orElseThrow(
                () ->
                    fields.wrong(
                        "type", "must be message, tool_invocation, data_access or override"));
    Set<String> known = new HashSet<>(COMMON);
    known.addAll(type.fields());
    fields.only(known);
    bounded(fields);
    Map<String, Object> event = new TreeMap<>();
    event.put("reportedBy", "agent");
    event.put("type", type.text());
    put(event, "occurredAt", time(fields));
    List<String> reads = fields.texts("reads", MAX_LINEAGE, MAX_RESOURCE);
    List<String> writes = fields.texts("writes", MAX_LINEAGE, MAX_RESOURCE);
    switch (type) {
      case MESSAGE -> {
        event.put("to", fields.requiredText("to", NAME));
        put(event, "content", fields.any("content"));
      }
      case TOOL_INVOCATION -> {
        event.put("tool", fields.requiredText("tool", NAME));
        put(event, "arguments", fields.object("arguments"));
        put(event, "result", fields.any("result"));
        put(event, "status", fields.text("status", STATUS, "ok or error"));
        put(event, "durationMs", fields.number("durationMs", 0, WEEK_MS));
      }
      case DATA_ACCESS -> {
        if (reads.isEmpty() && writes.isEmpty()) {
          throw fields.wrong("reads", "or 'writes' must name a resource that was read or written");
        }
        put(event, "purpose", fields.text("purpose", TEXT));
      }
      case OVERRIDE -> {
        event.put("by", fields.requiredText("by", NAME));
        event.put("reason", fields.requiredText("reason", TEXT));
        put(event, "decisionId", fields.text("decisionId", DECISION, "the id of a decision"));
      }
    }
    return new ReportedEvent(
        type,
        event,
        reads,
        writes,
        action(fields),
        resource(fields),
        context(fields),
        id(fields, "traceId"),
        id(fields, "parentId"));
  }

  private static void bounded(Fields fields) {
    if (new JsonText().value(fields.object()).size() > MAX_EVENT) {
      throw new InvalidJson(
          "'"
              + fields.path().substring(0, fields.path().length() - 1)
              + "' has more than 64 KiB; send a hash or a part of what is large");
    }
  }

  private static @Nullable String time(Fields fields) {
    String text = fields.text("occurredAt", NAME);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeException e) {
      throw fields.wrong("occurredAt", "must be an RFC 3339 time, e.g. 2026-11-20T10:15:30Z");
    }
  }

  private static @Nullable String action(Fields fields) {
    String action = fields.text("action", 512);
    if (action != null && !CheckRequest.isAction(action)) {
      throw fields.wrong("action", "must not have control characters");
    }
    return action;
  }

  private static @Nullable Object resource(Fields fields) {
    return fields.any("resource") instanceof Map<?, ?> map
        ? map
        : fields.text("resource", MAX_RESOURCE);
  }

  private static Map<String, Object> context(Fields fields) {
    Map<String, Object> context = fields.object("context");
    return context == null ? Map.of() : context;
  }

  private static @Nullable String id(Fields fields, String key) {
    String text = fields.text(key, 128);
    if (text != null && !TraceId.isValid(text)) {
      throw fields.wrong(key, "must be 1 to 128 visible ASCII characters");
    }
    return text;
  }

  private static void put(Map<String, Object> event, String key, @Nullable Object value) {
    if (value != null) {
      event.put(key, value);
    }
  }
}
