package app.meshguard.audit.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubjectTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] OLD_KEY = new byte[] {1};

  @Test
  void isFoundThroughObjectsAndListsAsTextNumberOrTruth() throws Exception {
    String record =
        "{\"context\":{\"customer\":{\"id\":\"ann\"},\"all\":[{\"id\":7},{\"id\":true}]},"
            + "\"resource\":[\"x\",[\"bob\"]]}";
    assertTrue(isIn("ann", "context.customer.id", record));
    assertTrue(isIn("7", "context.all.id", record));
    assertTrue(isIn("true", "context.all.id", record));
    assertTrue(isIn("bob", "resource", record));
  }

  @Test
  void isNotFoundElsewhereNorByHalf() throws Exception {
    String record = "{\"context\":{\"customer\":{\"id\":\"ann\",\"n\":null}},\"a\":\"ann\"}";
    assertFalse(isIn("an", "context.customer.id", record));
    assertFalse(isIn("Ann", "context.customer.id", record));
    assertFalse(isIn("ann", "context.customer", record));
    assertFalse(isIn("ann", "context.id", record));
    assertFalse(isIn("null", "context.customer.n", record));
  }

  @Test
  void isFoundByThePseudonymOfAnOlderKey() throws Exception {
    Subject subject =
        new Subject(Pseudonym.of(OLD_KEY, "ann"), List.of(SubjectPath.parse("a").orElseThrow()));
    JsonNode record = new ObjectMapper().readTree("{\"a\":\"ann\"}");
    assertTrue(subject.isIn(record, List.of(KEY, OLD_KEY)));
    assertFalse(subject.isIn(record, List.of(KEY)));
  }

  @Test
  void hasAPseudonymThatOnlyTheKeyMakes() {
    assertEquals(Pseudonym.of(KEY, "ann"), Pseudonym.of(KEY.clone(), "ann"));
    assertNotEquals(Pseudonym.of(KEY, "ann"), Pseudonym.of(OLD_KEY, "ann"));
    assertTrue(Pseudonym.of(KEY, "ann").toString().matches("sub_[0-9a-f]{32}"));
  }

  @Test
  void isNotLookedForWhereThereIsNoPath() {
    Stream.of("", ".", "a.", ".a", "a..b", "a\n", "x".repeat(65), "a.".repeat(16) + "a")
        .forEach(text -> assertEquals(Optional.empty(), SubjectPath.parse(text), text));
  }

  private static boolean isIn(String value, String path, String record) throws Exception {
    Subject subject =
        new Subject(Pseudonym.of(KEY, value), List.of(SubjectPath.parse(path).orElseThrow()));
    return subject.isIn(new ObjectMapper().readTree(record), List.of(KEY));
  }
}
