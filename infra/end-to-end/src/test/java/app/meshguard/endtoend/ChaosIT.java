package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.ChaosOptions;
import app.meshguard.chaos.ChaosResult;
import app.meshguard.chaos.ChaosRun;
import app.meshguard.chaos.Planted;
import org.junit.jupiter.api.Test;

/**
 * Kills, pauses and broken connections at random lose nothing, double nothing and contradict
 * nothing; and each of the planted bugs is found by the same faults.
 */
class ChaosIT {
  private static final int FAULTS = Boolean.getBoolean("meshguard.full") ? 200 : 15;
  private static final int FAULTS_FOR_A_BUG = 4;

  @Test
  void nothingIsLostDoubledOrContradicted() {
    ChaosResult result = run(ChaosOptions.of(FAULTS, System.nanoTime()));
    assertTrue(result.passed(), result::toString);
  }

  @Test
  void findsAJournalThatAnswersBeforeItHasWritten() {
    ChaosResult result = run(bug(Planted.ANSWER_BEFORE_WRITE));
    assertTrue(result.findings().lost() > 0, result::toString);
  }

  @Test
  void findsAShipperThatSendsAgainWithoutThePosition() {
    ChaosResult result = run(bug(Planted.RESEND_WITHOUT_POSITION));
    assertTrue(result.findings().twice() > 0, result::toString);
  }

  @Test
  void findsALogThatAcknowledgesBeforeItHasCommitted() {
    ChaosResult result = run(bug(Planted.ACKNOWLEDGE_BEFORE_COMMIT));
    assertTrue(result.findings().lost() > 0, result::toString);
  }

  private static ChaosOptions bug(Planted planted) {
    return ChaosOptions.of(FAULTS_FOR_A_BUG, System.nanoTime()).planted(planted);
  }

  private static ChaosResult run(ChaosOptions options) {
    return new ChaosRun(SharedStack.breakable(), options, System.out).run();
  }
}
