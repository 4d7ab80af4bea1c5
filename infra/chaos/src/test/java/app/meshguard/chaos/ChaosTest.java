package app.meshguard.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosTest {
  @Test
  void injectsTwoHundredFaultsUnlessToldOtherwise() {
    ChaosOptions options = Chaos.options(List.of());
    assertEquals(200, options.faults());
    assertTrue(options.only().isEmpty());
  }

  @Test
  void readsItsOptions() {
    ChaosOptions options =
        Chaos.options(List.of("--faults", "7", "--seed", "42", "--minutes", "3"));
    assertEquals(new ChaosOptions(7, 42, Duration.ofMinutes(3), List.of(), null), options);
  }

  @Test
  void dealsAPlantedBugTheFaultsThatBringItToLight() {
    ChaosOptions options = Chaos.options(List.of("--planted", "answer-before-write"));
    assertEquals(Planted.ANSWER_BEFORE_WRITE, options.planted());
    assertEquals(List.of("kill -9 decision-service"), options.only());
    assertEquals(10, options.faults());
  }

  @Test
  void saysWhatIsWrongWithAnOption() {
    for (List<String> wrong :
        List.of(
            List.of("--faults"),
            List.of("--faults", "many"),
            List.of("--faults", "-1"),
            List.of("--planted", "sloth"),
            List.of("--bugs", "1"))) {
      assertThrows(IllegalArgumentException.class, () -> Chaos.options(wrong), wrong::toString);
    }
  }
}
