package app.meshguard.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryIdTest {
  private static final byte[] RECORD = "record".getBytes(StandardCharsets.UTF_8);

  @Test
  void isReadBackFromItsText() {
    for (long index : new long[] {0, 1, 61, 62, 4_000_000_000L, Long.MAX_VALUE}) {
      EntryId id = EntryId.of(index, RECORD);

      assertEquals(Optional.of(id), EntryId.parse(id.toString()));
    }
  }

  @Test
  void dependsOnTheRecord() {
    assertNotEquals(EntryId.of(1, RECORD), EntryId.of(1, "other".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void takesNothingElseForAnId() {
    String good = EntryId.of(1, RECORD).toString();
    for (String text :
        new String[] {
          "",
          "1",
          "ent_",
          good + "0",
          good.substring(1),
          good.replace("ent_", "dec_"),
          "ent_" + "z".repeat(22),
          "ent_" + "-".repeat(22),
          "ent_" + "é".repeat(22)
        }) {
      assertEquals(Optional.empty(), EntryId.parse(text), text);
    }
  }
}
