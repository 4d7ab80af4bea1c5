package app.meshguard.decision.check;

import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.policy.value.JsonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a check. */
public record CheckRequest(
    String action,
    @Nullable Object resource,
    Map<String, Object> context,
    @Nullable String traceId,
    @Nullable String parentId,
    boolean explain,
    boolean receipt) {
  static final int MAX_BODY = 256 * 1024;
  static final int MAX_BATCH = 100;
  private static final int MAX_ACTION = 512;
  private static final int MAX_RESOURCE = 2048;

  static CheckRequest read(byte[] body) {
    return of(JsonReading.object(body), "");
  }

  /** The body of a batch: {@code {"checks":[…]}}. */
  static List<CheckRequest> readBatch(byte[] body) {
    Map<String, Object> object = JsonReading.object(body);
    for (String key : object.keySet()) {
      if (!key.equals("checks")) {
        throw new InvalidJson("the key '" + key + "' is not known; a batch has 'checks'");
      }
    }
    if (!(object.get("checks") instanceof List<?> checks) || checks.isEmpty()) {
      throw new InvalidJson("'checks' must be a list of 1 to " + MAX_BATCH + " checks");
    }
    if (checks.size() > MAX_BATCH) {
      throw new InvalidJson("a batch has at most " + MAX_BATCH + " checks");
    }
    List<CheckRequest> requests = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      requests.add(of(object(checks.get(i), "checks[" + i + "]"), "checks[" + i + "]."));
    }
    return requests;
  }

  private static CheckRequest of(Map<String, Object> object, String path) {
    String action = null;
    Object resource = null;
    Map<String, Object> context = Map.of();
    String traceId = null;
    String parentId = null;
    boolean explain = false;
    boolean receipt = false;
    for (Map.Entry<String, Object> entry : object.entrySet()) {
      Object value = entry.getValue();
      String key = entry.getKey();
      switch (key) {
        case "action" -> action = action(value, path);
        case "resource" -> resource = resource(value, path);
        case "context" ->
            context =
                value == JsonNull.NULL
                    ? Map.of()
                    : own(object(value, path + "context"), path + "context");
        // A chain counts only from a receipt that we signed: what stands here never helps.
        case "delegation" -> {
          if (value != JsonNull.NULL) {
            object(value, path + "delegation");
          }
        }
        case "traceId" -> traceId = id(value, path + key);
        case "parentId" -> parentId = id(value, path + key);
        case "explain" -> explain = truth(value, path + key);
        case "receipt" -> receipt = truth(value, path + key);
        default ->
            throw new InvalidJson(
                "the key '"
                    + path
                    + key
                    + "' is not known; a check has action, resource, context, delegation, traceId,"
                    + " parentId, explain and receipt");
      }
    }
    if (action == null) {
      throw new InvalidJson("'" + path + "action' is missing");
    }
    return new CheckRequest(action, resource, context, traceId, parentId, explain, receipt);
  }

  private static String action(Object value, String path) {
    if (value instanceof String text && isAction(text)) {
      return text;
    }
    throw new InvalidJson(
        "'"
            + path
            + "action' must be a text such as read:orders, of at most 512 characters without control"
            + " characters");
  }

  /** Whether the text can be an action: not empty, not too long, no control characters. */
  public static boolean isAction(String text) {
    if (text.isEmpty() || text.length() > MAX_ACTION) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object resource(Object value, String path) {
    if (value == JsonNull.NULL) {
      return null;
    }
    Object name = value instanceof Map<?, ?> map ? map.get("id") : value;
    boolean isNamed = !(name instanceof String text) || isResource(text);
    if (isNamed && (value instanceof String || value instanceof Map)) {
      return value;
    }
    throw new InvalidJson(
        "'"
            + path
            + "resource' must be a text of at most 2,048 characters, or an object with such an"
            + " 'id'");
  }

  /** Whether the text can name a resource. */
  public static boolean isResource(String text) {
    return text.length() <= MAX_RESOURCE;
  }

  /** What a caller may say itself: {@code request.http} is what a call through the proxy is. */
  static Map<String, Object> own(Map<String, Object> context, String path) {
    if (context.containsKey("http")) {
      throw new InvalidJson(
          "'"
              + path
              + "' must not have the key 'http': request.http is written by MeshGuard itself, for"
              + " calls through the proxy; choose another name");
    }
    return context;
  }

  private static @Nullable String id(Object value, String path) {
    if (value == JsonNull.NULL) {
      return null;
    }
    if (value instanceof String text && TraceId.isValid(text)) {
      return text;
    }
    throw new InvalidJson("'" + path + "' must be 1 to 128 visible ASCII characters");
  }

  private static boolean truth(Object value, String path) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new InvalidJson("'" + path + "' must be true or false");
  }

  @SuppressWarnings("unchecked") // JsonReading makes maps with text keys only.
  private static Map<String, Object> object(Object value, String path) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new InvalidJson("'" + path + "' must be an object");
  }
}
