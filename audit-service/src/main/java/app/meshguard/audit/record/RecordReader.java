package app.meshguard.audit.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * Reads one canonical record in one pass, strictly: a single object of a known format and kind,
 * keys in order at every level (so none twice), everything that a column must have in its place.
 * One per thread or batch.
 */
public final class RecordReader {
  /** Deeper than any record is written; what is stored can be written out again. */
  private static final int DEPTH = 500;

  /** As long as a batch: nothing in one is too long for a log. */
  private static final int LONGEST = 8 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Keys come from callers' contexts: names made to collide must not keep a record out.
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxNumberLength(LONGEST)
                  .maxStringLength(LONGEST)
                  .maxNameLength(LONGEST)
                  .build())
          .build();

  private final String[] lastKeys = new String[DEPTH + 1];

  /** Reads the record that stands in this part of {@code bytes}. */
  public EvidenceRecord read(byte[] bytes, int offset, int length) throws UnreadableRecord {
    try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
      return read(parser);
    } catch (IOException e) {
      throw new UnreadableRecord("not JSON: " + firstLine(e));
    }
  }

  private EvidenceRecord read(JsonParser parser) throws IOException, UnreadableRecord {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UnreadableRecord("not a JSON object");
    }
    RecordFields fields = new RecordFields();
    int depth = 1;
    lastKeys[1] = null;
    String outer = "";
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new UnreadableRecord("not JSON: it ends too early");
      }
      switch (token) {
        case START_OBJECT, START_ARRAY -> lastKeys[++depth] = null;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> {
          String key = inOrder(parser.currentName(), depth);
          if (depth == 1) {
            outer = key;
            fields.ofRecord(key, parser);
          } else if (depth == 2) {
            fields.ofObject(outer, key, parser);
          }
          // What a field consumed may be the start of an object: its keys are next.
          if (parser.currentToken().isStructStart()) {
            lastKeys[++depth] = null;
          }
        }
        default -> {}
      }
    }
    if (parser.nextToken() != null) {
      throw new UnreadableRecord("more than one JSON value");
    }
    return fields.record();
  }

  private String inOrder(String key, int depth) throws UnreadableRecord {
    String last = lastKeys[depth];
    if (last != null && last.compareTo(key) >= 0) {
      throw new UnreadableRecord("not canonical: a key is out of order or twice");
    }
    lastKeys[depth] = key;
    return key;
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
