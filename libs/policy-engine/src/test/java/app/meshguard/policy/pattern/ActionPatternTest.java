package app.meshguard.policy.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActionPatternTest {
  private static final String[] LETTERS = {"a", "b", ".", "*"};

  @Test
  void matchesVerbAndResourceEachInItsOwnPart() {
    assertTrue(ActionPattern.exactly("read:*").matches("read:a/b:c.d"));
    assertTrue(ActionPattern.exactly("read").matches("read"));
    assertTrue(ActionPattern.exactly("read").matches("read:x"));
    assertTrue(ActionPattern.exactly("*").matches("anything"));
    assertFalse(ActionPattern.exactly("r*:x").matches("read:y:x"));
    assertTrue(ActionPattern.exactly("*:*_pii").matches("read:customer_pii"));
    assertFalse(ActionPattern.exactly("read:*").matches("Read:x"));
  }

  @Test
  void coversBelowOnlyAfterALiteralEnd() {
    ActionPattern pattern = ActionPattern.withWhatLiesBelow("*:financial");
    assertTrue(pattern.matches("read:financial"));
    assertTrue(pattern.matches("read:financial.accounts"));
    assertTrue(pattern.matches("read:financial/accounts/7"));
    assertFalse(pattern.matches("read:financials"));
    assertFalse(ActionPattern.exactly("*:financial").matches("read:financial.accounts"));
    assertTrue(ActionPattern.withWhatLiesBelow("read:*_pii").matches("read:a_pii.b"));
    assertFalse(ActionPattern.withWhatLiesBelow("read:a*").matches("read:b.a"));
  }

  /** Compares inclusion with what an enumeration of all short words says. */
  @Test
  void inclusionIsWhatEnumerationSays() {
    List<String> words = words();
    Random random = new Random(20261120);
    for (int i = 0; i < 3_000; i++) {
      ActionPattern a = pattern(random);
      ActionPattern b = pattern(random);
      boolean within = words.stream().allMatch(word -> !a.matches(word) || b.matches(word));
      assertEquals(within, a.isWithin(b), () -> shown(a) + " within " + shown(b));
      if (!a.isSameAs(b) && a.isStrictlyNarrowerThan(b)) {
        assertTrue(a.compareBreadth(b) < 0, () -> shown(a) + " comes before " + shown(b));
      }
    }
  }

  private static String shown(ActionPattern pattern) {
    return pattern.text() + (pattern.coversBelow() ? " and below" : "");
  }

  private static ActionPattern pattern(Random random) {
    StringBuilder resource = new StringBuilder();
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      resource.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    String verb = random.nextInt(4) == 0 ? "*" : random.nextInt(3) == 0 ? "a*" : "a";
    String text = verb + ":" + resource;
    return random.nextBoolean()
        ? ActionPattern.exactly(text)
        : ActionPattern.withWhatLiesBelow(text);
  }

  /** Of letters that patterns have, and one that none has. */
  private static List<String> words() {
    List<String> resources = new ArrayList<>(List.of(""));
    List<String> longest = List.of("");
    for (int i = 0; i < 6; i++) {
      List<String> longer = new ArrayList<>();
      for (String word : longest) {
        for (String letter : List.of("a", "b", ".", "/", "z")) {
          longer.add(word + letter);
        }
      }
      longest = i < 4 ? longer : longer.subList(0, 0);
      resources.addAll(longest);
    }
    List<String> words = new ArrayList<>();
    for (String verb : List.of("a", "ab", "z")) {
      resources.forEach(resource -> words.add(verb + ":" + resource));
    }
    return words;
  }

  @Test
  void theIndexFindsExactlyWhatMatches() {
    Random random = new Random(7);
    List<String> words = words();
    for (int i = 0; i < 40; i++) {
      List<Item> items = new ArrayList<>();
      for (int j = 0; j < 30; j++) {
        items.add(new Item(pattern(random), j));
      }
      PatternIndex<Item> index = new PatternIndex<>(items);
      for (int j = 0; j < 200; j++) {
        String word = words.get(random.nextInt(words.size()));
        List<Integer> expected =
            items.stream().filter(x -> x.pattern().matches(word)).map(Item::order).toList();
        Matches<Item> found = index.matching(word);
        List<Integer> actual = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
          actual.add(found.get(k).order());
        }
        assertEquals(expected, actual, word);
      }
    }
  }

  private record Item(ActionPattern pattern, int order) implements PatternIndex.Entry {}
}
