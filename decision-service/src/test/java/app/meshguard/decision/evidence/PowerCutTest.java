package app.meshguard.decision.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No answered record is lost, or there twice, at any cut of the power. */
class PowerCutTest {
  private static final int SCHEDULES = 400;
  private static final Logger WRITER = Logger.getLogger(JournalWriter.class.getName());

  @BeforeAll
  static void doNotLogEachCut() {
    WRITER.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    WRITER.setLevel(null);
  }

  @Test
  void losesNothingThatWasAnswered() throws IOException {
    for (int seed = 0; seed < SCHEDULES; seed++) {
      assertEquals(0, faultsOf(seed, new ForgetfulStorage(seed)), "schedule " + seed);
    }
  }

  @Test
  void findsAJournalThatNeverForces() throws IOException {
    int faults = 0;
    for (int seed = 0; seed < SCHEDULES; seed++) {
      ForgetfulStorage storage = new ForgetfulStorage(seed);
      storage.forceNothing();
      faults += faultsOf(seed, storage);
    }
    assertNotEquals(0, faults);
  }

  /** Runs a random schedule of appends, failing forces, kills and cuts; counts broken promises. */
  private static int faultsOf(int seed, ForgetfulStorage storage) throws IOException {
    Random random = new Random(seed);
    List<String> answered = new ArrayList<>();
    int lives = 2 + random.nextInt(4);
    for (int life = 0; life < lives; life++) {
      try (TestJournal journal = TestJournal.open(storage)) {
        storage.cutPowerAfter(random.nextInt(30));
        if (random.nextInt(3) == 0) {
          storage.failForceAfter(random.nextInt(20));
        }
        answered.addAll(run(journal, random, seed + "/" + life));
      } catch (DamagedJournal e) {
        return 1;
      }
      if (random.nextInt(4) == 0) {
        storage.restartProcess();
      } else {
        storage.restart();
      }
    }
    return missing(storage, answered);
  }

  private static List<String> run(TestJournal journal, Random random, String prefix) {
    List<String> answered = new ArrayList<>();
    for (int step = 0; step < 20; step++) {
      List<String> records = new ArrayList<>();
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        String record = prefix + "/" + step + "/" + i + "/" + "x".repeat(random.nextInt(900));
        records.add(record);
        answers.add(journal.append(record));
      }
      for (int i = 0; i < records.size(); i++) {
        if (TestJournal.isStored(answers.get(i))) {
          answered.add(records.get(i));
        }
      }
    }
    return answered;
  }

  private static int missing(ForgetfulStorage storage, List<String> answered) throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      List<String> found = journal.recordsFrom(1);
      List<String> inOrder = new ArrayList<>(found);
      inOrder.retainAll(answered);
      return inOrder.equals(answered) ? 0 : 1;
    } catch (DamagedJournal e) {
      return 1;
    }
  }
}
