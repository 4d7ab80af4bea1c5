package app.meshguard.decision.json;

import app.meshguard.policy.value.JsonNull;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into the values that policies see: String, BigDecimal, Boolean, {@link JsonNull}, List
 * and Map. A duplicate key is an error: readers differ on which one counts, and that is how a
 * policy is made to see another value than the target.
 */
public final class JsonReading {
  /** Levels of nesting, the object itself included. */
  public static final int MAX_DEPTH = 32;

  /** A number beyond ten to the power of this is refused: written out it would fill the record. */
  private static final int MAX_EXPONENT = 400;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(128)
                  .maxNameLength(1024)
                  .maxStringLength(256 * 1024)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonReading() {}

  /**
   * Reads one JSON object.
   *
   * @throws InvalidJson when it is none
   */
  public static Map<String, Object> object(byte[] text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidJson("a JSON object is expected");
      }
      Map<String, Object> object = readObject(parser);
      if (parser.nextToken() != null) {
        throw new InvalidJson("there is more text behind the JSON object" + at(parser));
      }
      return object;
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      throw new InvalidJson(
          e.getOriginalMessage().lines().findFirst().orElse("not valid JSON")
              + (where == null ? "" : at(where)));
    } catch (IOException e) {
      throw new InvalidJson("not valid JSON");
    }
  }

  private static Map<String, Object> readObject(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      if (object.put(key, readValue(parser)) != null) {
        throw new InvalidJson("the key '" + key + "' stands twice" + at(parser));
      }
    }
    return object;
  }

  private static List<Object> readArray(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue(parser));
    }
    return array;
  }

  private static Object readValue(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      default -> throw new InvalidJson("not valid JSON" + at(parser));
    };
  }

  private static BigDecimal decimal(JsonParser parser) throws IOException {
    BigDecimal number = parser.getDecimalValue();
    if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
      throw new InvalidJson("the number is out of range" + at(parser));
    }
    return number;
  }

  private static String at(JsonParser parser) {
    return at(parser.currentTokenLocation());
  }

  private static String at(JsonLocation where) {
    return " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
  }
}
