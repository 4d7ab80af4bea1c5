package app.meshguard.audit.words;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void cutsTextOfAnyScript() {
    assertEquals("write refund order 7", words("write:refund order-7 REFUND"));
    assertEquals("größe ﬁ".replace("ﬁ", "fi"), words("GRÖSSE ﬁ".replace("GRÖSSE", "GRÖßE")));
    assertEquals("東 京 タ ワ ー x1", words("東京タワー x1"));
    assertEquals("привет мир", words("Привет, мир!"));
    assertEquals("", words(" -- \u0000 \ud800 "));
  }

  @Test
  void keepsTheFirstWordsAndTheStartOfLongOnes() {
    String many = IntStream.range(0, 100).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    assertEquals(Words.MOST, Words.of(many).size());
    assertEquals(List.of("x".repeat(Words.LONGEST)), List.copyOf(Words.of("x".repeat(500))));
  }

  @Test
  void hashesTheSameWordOtherwiseForEachKey() {
    List<String> words = List.of("a", "b", "a");
    long[] one = new BlindWords("1".repeat(32).getBytes(StandardCharsets.UTF_8)).hashes(words);
    long[] two = new BlindWords("2".repeat(32).getBytes(StandardCharsets.UTF_8)).hashes(words);

    assertEquals(one[0], one[2]);
    assertNotEquals(one[0], one[1]);
    assertNotEquals(one[0], two[0]);
    assertArrayEquals(
        one, new BlindWords("1".repeat(32).getBytes(StandardCharsets.UTF_8)).hashes(words));
  }

  private static String words(String text) {
    return String.join(" ", Words.of(text));
  }
}
