package app.meshguard.decision.evidence;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
  void losesNothingThatWasAnswered() {
    for (int seed = 0; seed < SCHEDULES; seed++) {
      Schedule schedule = new Schedule(seed, new ForgetfulStorage(seed));
      assertTrue(schedule.keepsThePromise(), "schedule " + seed);
    }
  }

  @Test
  void findsAJournalThatNeverForces() {
    assertNotEquals(0, brokenWith(ForgetfulStorage::forceNothing));
  }

  @Test
  void findsAJournalThatLeavesOutOneForceInTen() {
    assertNotEquals(0, brokenWith(storage -> storage.leaveOut(10)));
  }

  @Test
  void findsAJournalThatDoesNotForceTheNamesOfItsSegments() {
    assertNotEquals(0, brokenWith(ForgetfulStorage::forgetNames));
  }

  @Test
  void findsARecoveryThatDoesNotForceWhatItFound() {
    int broken = 0;
    for (int seed = 0; seed < SCHEDULES; seed++) {
      Schedule schedule = new Schedule(seed, new ForgetfulStorage(seed));
      schedule.recoversWithoutForce = true;
      broken += schedule.keepsThePromise() ? 0 : 1;
    }
    assertNotEquals(0, broken);
  }

  private static int brokenWith(Consumer<ForgetfulStorage> fault) {
    int broken = 0;
    for (int seed = 0; seed < SCHEDULES; seed++) {
      ForgetfulStorage storage = new ForgetfulStorage(seed);
      fault.accept(storage);
      broken += new Schedule(seed, storage).keepsThePromise() ? 0 : 1;
    }
    return broken;
  }

  /**
   * A random schedule of appends, failing forces, failing files, batches that are shipped, kills
   * and cuts of the power.
   */
  private static final class Schedule {
    private static final Journal.Limits LIMITS =
        new Journal.Limits(4096, 16 * 4096, Duration.ofSeconds(30), Duration.ZERO);

    private final int seed;
    private final ForgetfulStorage storage;
    private final Random random;
    private final List<String> answered = new ArrayList<>();

    /** What the audit-service has: record by position. */
    private final List<String> shipped = new ArrayList<>();

    private boolean recoversWithoutForce;

    Schedule(int seed, ForgetfulStorage storage) {
      this.seed = seed;
      this.storage = storage;
      this.random = new Random(seed);
    }

    boolean keepsThePromise() {
      int lives = 2 + random.nextInt(4);
      for (int life = 0; life < lives; life++) {
        try (TestJournal journal = open()) {
          storage.cutPowerAfter(random.nextInt(30));
          if (random.nextInt(3) == 0) {
            storage.failForceAfter(random.nextInt(20));
          }
          if (random.nextInt(4) == 0) {
            storage.failCreates(1 + random.nextInt(2));
          }
          run(journal, seed + "/" + life);
        } catch (DamagedJournal | IOException e) {
          return false;
        }
        if (random.nextInt(4) == 0) {
          storage.restartProcess();
        } else {
          storage.restart();
        }
      }
      return holdsAll();
    }

    private TestJournal open() throws IOException {
      if (recoversWithoutForce) {
        storage.forceNothing();
      }
      // What was acknowledged is remembered without a force: it may be older, never newer.
      int known = random.nextBoolean() ? shipped.size() : random.nextInt(shipped.size() + 1);
      TestJournal journal = TestJournal.open(storage, LIMITS, known);
      if (recoversWithoutForce) {
        storage.leaveOut(0);
      }
      return journal;
    }

    private void run(TestJournal journal, String prefix) throws IOException {
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
        if (random.nextInt(5) == 0) {
          ship(journal);
        }
      }
    }

    private void ship(TestJournal journal) throws IOException {
      shipped.addAll(journal.recordsFrom(shipped.size() + 1L));
      journal.journal.acknowledge(shipped.size());
    }

    /** Everything that was answered, in its order and once; nothing shipped was written anew. */
    private boolean holdsAll() {
      storage.restartProcess();
      try (TestJournal journal = open()) {
        if (journal.journal.forcedPosition() < shipped.size()) {
          return false;
        }
        List<String> found = new ArrayList<>(shipped);
        found.addAll(journal.recordsFrom(shipped.size() + 1L));
        List<String> inOrder = new ArrayList<>(found);
        inOrder.retainAll(Set.copyOf(answered));
        return inOrder.equals(answered) && Set.copyOf(found).size() == found.size();
      } catch (DamagedJournal | IOException e) {
        return false;
      }
    }
  }
}
