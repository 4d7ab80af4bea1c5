package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.ChaosOptions;
import app.meshguard.chaos.ChaosResult;
import app.meshguard.chaos.ChaosRun;
import org.junit.jupiter.api.Test;

/** The promise: a decision that was answered has its one record, however often its service dies. */
class KillUnderLoadIT {
  private static final int KILLS = Boolean.getBoolean("meshguard.full") ? 50 : 5;

  @Test
  void everyAnsweredDecisionIsInTheLogExactlyOnce() {
    ChaosOptions kills = ChaosOptions.of(KILLS, System.nanoTime()).only("kill -9 decision-service");

    ChaosResult result = new ChaosRun(SharedStack.breakable(), kills, System.out).run();

    assertTrue(result.passed(), result::toString);
  }
}
