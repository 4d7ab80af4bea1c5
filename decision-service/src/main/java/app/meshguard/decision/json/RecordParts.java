package app.meshguard.decision.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Some fields of a record of our own, cut out of its bytes without reading the others' values. */
public final class RecordParts {
  private final byte[] record;
  private final Map<String, Cut> fields = new TreeMap<>();

  private record Cut(int from, int to) {}

  private RecordParts(byte[] record) {
    this.record = record;
  }

  public static RecordParts of(byte[] record) {
    RecordParts parts = new RecordParts(record);
    try (JsonParser parser = JsonReading.recordParser(record)) {
      parser.nextToken();
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (value.isStructStart()) {
          parser.skipChildren();
        } else {
          parser.finishToken();
        }
        parts.fields.put(key, new Cut(from, (int) parser.currentLocation().getByteOffset()));
      }
    } catch (IOException e) {
      throw new InvalidJson("a record that cannot be read");
    }
    return parts;
  }

  /** Of a plain text, such as an id; empty when it is not there. */
  public String text(String key) {
    Cut cut = fields.get(key);
    return cut == null
        ? ""
        : new String(record, cut.from() + 1, cut.to() - cut.from() - 2, StandardCharsets.UTF_8);
  }

  /** A record of these fields alone. */
  public byte[] only(Set<String> keys) {
    JsonText out = new JsonText();
    String before = "{";
    for (Map.Entry<String, Cut> field : fields.entrySet()) {
      if (keys.contains(field.getKey())) {
        Cut cut = field.getValue();
        out.raw(before).string(field.getKey()).raw(":");
        out.raw(Arrays.copyOfRange(record, cut.from(), cut.to()));
        before = ",";
      }
    }
    return before.equals("{") ? new byte[] {'{', '}'} : out.raw("}").toBytes();
  }

  /** Reads what {@link #only} made. */
  public static Map<String, Object> read(byte[] parts) {
    return JsonReading.record(parts);
  }
}
