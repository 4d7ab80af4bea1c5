package app.meshguard.bench.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LagControllerTest {
  @Test
  void findsWhatTheLogTakesFromBelow() {
    assertSettles(500, rate -> 2_000);
  }

  @Test
  void findsWhatTheLogTakesFromAbove() {
    assertSettles(20_000, rate -> 2_000);
  }

  @Test
  void findsTheBalanceOfACoreThatIsShared() {
    // Each request offered takes half a shipped record's time: 3,000 - r/2 = r at r = 2,000.
    assertSettles(1_000, rate -> Math.max(200, 3_000 - rate / 2));
  }

  @Test
  void findsItThoughNotAllThatIsOfferedIsTaken() {
    assertShips(500, rate -> 2_000, 0.8);
  }

  private static void assertSettles(double firstGuess, DoubleUnaryOperator capacity) {
    assertShips(firstGuess, capacity, 1);
  }

  private static void assertShips(
      double firstGuess, DoubleUnaryOperator capacity, double partTaken) {
    LagController controller = new LagController(firstGuess);
    double rate = firstGuess;
    double lag = 0;
    double shippedLast = 0;
    double lagAfterMinute = 0;
    for (int halfSecond = 0; halfSecond < 240; halfSecond++) {
      double waiting = lag + rate * partTaken / 2;
      double shipped = Math.min(waiting, capacity.applyAsDouble(rate) / 2);
      lag = waiting - shipped;
      shippedLast = shipped;
      rate = controller.next(shipped, 0.5, lag);
      lagAfterMinute = halfSecond == 120 ? lag : lagAfterMinute;
    }
    assertEquals(1_000, shippedLast, 20);
    assertTrue(lag <= lagAfterMinute * 1.05 + 10, lagAfterMinute + " -> " + lag);
  }
}
