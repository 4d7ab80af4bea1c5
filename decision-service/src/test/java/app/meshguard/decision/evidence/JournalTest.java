package app.meshguard.decision.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private final ForgetfulStorage storage = new ForgetfulStorage(1);

  @Test
  void readsBackWhatWasStored() throws IOException {
    List<String> records = IntStream.range(0, 200).mapToObj(i -> "record-" + i).toList();
    try (TestJournal journal = TestJournal.open(storage)) {
      List<CompletableFuture<Void>> answers = records.stream().map(journal::append).toList();
      assertTrue(answers.stream().allMatch(TestJournal::isStored));
      assertEquals(records, journal.recordsFrom(1));
      assertEquals(records.subList(150, 200), journal.recordsFrom(151));
      assertTrue(storage.names().size() > 1, "spread over several segments");
    }
  }

  @Test
  void recordsThatComeDuringAForceShareTheNext() throws Exception {
    CountDownLatch forcing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TestJournal journal = TestJournal.open(storage)) {
      storage.duringForce(
          () -> {
            forcing.countDown();
            await(goOn);
          });
      CompletableFuture<Void> first = journal.append("first");
      await(forcing);
      List<CompletableFuture<Void>> others =
          IntStream.range(0, 30).mapToObj(i -> journal.append("other-" + i)).toList();
      goOn.countDown();
      assertTrue(TestJournal.isStored(first));
      assertTrue(others.stream().allMatch(TestJournal::isStored));
      assertEquals(2, journal.journal.forces());
    }
  }

  @Test
  void goesOnAfterARestartWithTheNextPosition() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      assertTrue(TestJournal.isStored(journal.append("one")));
    }
    try (TestJournal journal = TestJournal.open(storage)) {
      assertEquals(1, journal.journal.forcedPosition());
      assertTrue(TestJournal.isStored(journal.append("two")));
      assertEquals(List.of("one", "two"), journal.recordsFrom(1));
    }
  }

  @Test
  void refusesADamagedRecordThatWasForced() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      for (String record : List.of("one", "two", "three")) {
        assertTrue(TestJournal.isStored(journal.append(record)));
      }
    }
    String segment = storage.names().getFirst();
    storage.flip(segment, 2 * Frame.HEADER + "one".length() + 1);
    DamagedJournal refusal = assertThrows(DamagedJournal.class, () -> TestJournal.open(storage));
    assertTrue(refusal.getMessage().contains(segment), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("offset 31"), refusal.getMessage());
  }

  @Test
  void cutsATornRecordThatNobodyWasAnsweredFor() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      assertTrue(TestJournal.isStored(journal.append("one")));
      assertTrue(TestJournal.isStored(journal.append("two")));
    }
    // Nothing says that the last record was forced: it is the last frame that says so of others.
    storage.flip(storage.names().getFirst(), 2 * Frame.HEADER + "one".length() + 1);
    try (TestJournal journal = TestJournal.open(storage)) {
      assertEquals(List.of("one"), journal.recordsFrom(1));
      assertTrue(TestJournal.isStored(journal.append("three")));
      assertEquals(List.of("one", "three"), journal.recordsFrom(1));
    }
  }

  @Test
  void refusesAFormatThatItDoesNotKnow() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      assertTrue(TestJournal.isStored(journal.append("one")));
    }
    storage.flip(storage.names().getFirst(), 7);
    Frame.UnknownFormat refusal =
        assertThrows(Frame.UnknownFormat.class, () -> TestJournal.open(storage));
    assertTrue(refusal.getMessage().contains("format 3"), refusal.getMessage());
  }

  @Test
  void writesAnewWhatAFailedForceLeftOpen() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      assertTrue(TestJournal.isStored(journal.append("one")));
      storage.failForceAfter(0);
      assertTrue(TestJournal.isStored(journal.append("two")));
      assertEquals(2, storage.names().size(), "the segment that failed is sealed");
      assertEquals(List.of("one", "two"), journal.recordsFrom(1));
    }
    storage.restart();
    try (TestJournal journal = TestJournal.open(storage)) {
      assertEquals(List.of("one", "two"), journal.recordsFrom(1));
    }
  }

  @Test
  void refusesWhenItCannotWriteAndRecoversByItself() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      storage.failCreates(2);
      assertEquals(EvidenceUnavailable.Cause.BROKEN, TestJournal.failure(journal.append("lost")));
      boolean stored = false;
      while (!stored) {
        stored = TestJournal.isStored(journal.append("kept"));
      }
      assertEquals(List.of("kept"), journal.recordsFrom(1));
    }
  }

  @Test
  void refusesWhenItIsFullAndGoesOnWhenRecordsAreAcknowledged() throws IOException {
    Journal.Limits two = new Journal.Limits(4096, 8192, Duration.ofSeconds(30), Duration.ZERO);
    try (TestJournal journal = TestJournal.open(storage, two, 0)) {
      String record = "x".repeat(500);
      int stored = 0;
      CompletableFuture<Void> answer = journal.append(record);
      while (TestJournal.isStored(answer)) {
        stored++;
        answer = journal.append(record);
      }
      assertEquals(EvidenceUnavailable.Cause.FULL, TestJournal.failure(answer));
      assertEquals(JournalState.Kind.FULL, journal.journal.state().kind());
      assertEquals(14, stored);
      journal.journal.acknowledge(journal.journal.forcedPosition());
      assertTrue(TestJournal.isStored(journal.append(record)));
      assertEquals(1, journal.recordsFrom(15).size());
    }
  }

  @Test
  void refusesLateOnesAndRecordsThatTheyWereNotAnswered() throws Exception {
    Journal.Limits hasty =
        new Journal.Limits(4096, 64 * 4096, Duration.ofMillis(50), Duration.ZERO);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TestJournal journal = TestJournal.open(storage, hasty, 0)) {
      storage.duringForce(() -> await(goOn));
      assertEquals(EvidenceUnavailable.Cause.LATE, TestJournal.failure(journal.append("slow")));
      assertEquals(EvidenceUnavailable.Cause.LATE, TestJournal.failure(journal.append("next")));
      goOn.countDown();
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      do {
        answers.add(journal.append("after"));
      } while (!TestJournal.isStored(answers.getLast()));
    }
    try (TestJournal journal = TestJournal.open(storage)) {
      assertEquals(Set.of("slow", "unanswered slow", "after"), Set.copyOf(journal.recordsFrom(1)));
    }
  }

  @Test
  void keepsSegmentsUntilTheyAreAcknowledged() throws IOException {
    try (TestJournal journal = TestJournal.open(storage)) {
      for (int i = 0; i < 40; i++) {
        assertTrue(TestJournal.isStored(journal.append("x".repeat(500))));
      }
      int before = storage.names().size();
      assertNotEquals(1, before);
      journal.journal.acknowledge(39);
      assertEquals(1, storage.names().size());
      assertEquals(1, journal.recordsFrom(40).size());
    }
    try (TestJournal journal = TestJournal.open(storage, TestJournal.SMALL, 39)) {
      assertEquals(40, journal.journal.forcedPosition());
    }
  }

  @Test
  void fileStorageKeepsTheRecordsAndTheName(@TempDir Path folder) throws IOException {
    JournalDirectory directory = JournalDirectory.open(folder);
    try (TestJournal journal = TestJournal.open(directory.storage())) {
      for (int i = 0; i < 40; i++) {
        assertTrue(TestJournal.isStored(journal.append("x".repeat(500))));
      }
    }
    assertThrows(IllegalStateException.class, () -> JournalDirectory.open(folder));
    directory.acknowledged(7);
    directory.close();
    try (JournalDirectory again = JournalDirectory.open(folder)) {
      assertEquals(directory.id(), again.id());
      assertEquals(7, again.acknowledged());
      try (TestJournal journal = TestJournal.open(again.storage(), TestJournal.SMALL, 7)) {
        assertEquals(33, journal.recordsFrom(8).size());
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
