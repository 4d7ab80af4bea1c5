package app.meshguard.chaos.fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Deals faults in an order that the seed alone decides. Every hand is shuffled anew and dealt to
 * its end, so that a short run too meets many kinds.
 */
public final class Deck {
  private final List<List<Fault>> hand;
  private final Random random;
  private final Deque<List<Fault>> left = new ArrayDeque<>();

  /**
   * A deck that never runs out.
   *
   * @param hand each time, one of each list is dealt
   */
  public Deck(List<List<Fault>> hand, Random random) {
    if (hand.isEmpty()) {
      throw new IllegalArgumentException("there is no fault to deal");
    }
    this.hand = List.copyOf(hand);
    this.random = random;
  }

  public Fault next() {
    if (left.isEmpty()) {
      List<List<Fault>> shuffled = new ArrayList<>(hand);
      Collections.shuffle(shuffled, random);
      left.addAll(shuffled);
    }
    List<Fault> choice = left.removeFirst();
    return choice.get(random.nextInt(choice.size()));
  }
}
