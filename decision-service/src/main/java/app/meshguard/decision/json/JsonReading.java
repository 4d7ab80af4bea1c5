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

  /** As many digits as a request's number may be written with. */
  private static final int MAX_NUMBER = 128;

  /**
   * Records hold numbers in full: 1e400 has 401 digits there. And they nest a request's values in
   * objects of their own.
   */
  private static final int MAX_RECORDED_NUMBER = MAX_NUMBER + 2 * MAX_EXPONENT;

  private static final JsonFactory REQUESTS = factory(MAX_DEPTH, MAX_NUMBER, 1024, 256 * 1024);
  private static final JsonFactory RECORDS =
      factory(2 * MAX_DEPTH, MAX_RECORDED_NUMBER, 1 << 20, 1 << 20);

  private static JsonFactory factory(int depth, int number, int name, int string) {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(number)
                .maxNameLength(name)
                .maxStringLength(string)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  private JsonReading() {}

  /**
   * Reads one JSON object.
   *
   * @throws InvalidJson when it is none
   */
  public static Map<String, Object> object(byte[] text) {
    return object(text, REQUESTS);
  }

  /** Reads a record of our own: what was written from a request can be read again. */
  public static Map<String, Object> record(byte[] text) {
    return object(text, RECORDS);
  }

  static JsonParser recordParser(byte[] record) throws IOException {
    return RECORDS.createParser(record);
  }

  private static Map<String, Object> object(byte[] text, JsonFactory factory) {
    try (JsonParser parser = factory.createParser(text)) {
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
