package app.meshguard.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeckTest {
  private static final List<List<Fault>> HAND =
      IntStream.range(0, 8).mapToObj(i -> List.of(fault("a" + i), fault("b" + i))).toList();

  @Test
  void dealsTheSameFaultsForTheSameSeed() {
    assertEquals(deal(40, 1), deal(40, 1));
    assertNotEquals(deal(40, 1), deal(40, 2));
  }

  @Test
  void dealsAHandToItsEndBeforeTheNext() {
    List<String> places = deal(16, 3).stream().map(name -> name.substring(1)).toList();
    assertEquals(8, Set.copyOf(places.subList(0, 8)).size());
    assertEquals(8, Set.copyOf(places.subList(8, 16)).size());
  }

  @Test
  void refusesAnEmptyHand() {
    assertThrows(IllegalArgumentException.class, () -> new Deck(List.of(), new Random(1)));
  }

  private static List<String> deal(int number, long seed) {
    Deck deck = new Deck(HAND, new Random(seed));
    return IntStream.range(0, number).mapToObj(i -> deck.next().name()).toList();
  }

  private static Fault fault(String name) {
    return new Fault(name, name, 0, () -> {}, () -> {});
  }
}
