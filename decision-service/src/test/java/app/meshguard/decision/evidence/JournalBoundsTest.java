package app.meshguard.decision.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.evidence.EvidenceUnavailable.Cause;
import app.meshguard.wire.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a journal takes, from whom, and for how long. */
class JournalBoundsTest {
  private static final TenantId LOUD = TestJournal.TENANT;
  private static final TenantId QUIET = new TenantId("org_abcdefghijklmnop");
  private static final String RECORD =
      "{\"decidedAt\":\"2026-11-20T10:00:00Z\",\"pad\":\""
          + "x".repeat(400)
          + "\",\"tenantId\":\""
          + LOUD
          + "\"}";

  private final ForgetfulStorage storage = new ForgetfulStorage(1);
  private final SteppingClock clock = new SteppingClock();

  @Test
  void oneTenantCannotFillTheJournalForAll() throws IOException {
    try (TestJournal journal = open(limits(0.1, Durability.LOCAL))) {
      assertEquals(Cause.SHARE, TestJournal.failure(fill(journal)));
      assertTrue(TestJournal.isStored(journal.append(QUIET, "somebody else's")));
      assertEquals(JournalState.Kind.OPEN, journal.journal.state().kind());
      journal.journal.acknowledge(journal.journal.forcedPosition());
      assertTrue(TestJournal.isStored(journal.append(LOUD, RECORD)));
    }
  }

  @Test
  void theShareCountsWhatAnEarlierLifeLeft() throws IOException {
    try (TestJournal journal = open(limits(0.1, Durability.LOCAL))) {
      fill(journal);
    }
    try (TestJournal journal = open(limits(0.1, Durability.LOCAL))) {
      assertEquals(Cause.SHARE, TestJournal.failure(journal.append(LOUD, RECORD)));
      assertTrue(TestJournal.isStored(journal.append(QUIET, "somebody else's")));
      assertEquals(Duration.ofHours(2), journal.journal.oldestUnshipped());
    }
  }

  private static CompletableFuture<Void> fill(TestJournal journal) {
    CompletableFuture<Void> answer = journal.append(LOUD, RECORD);
    while (TestJournal.isStored(answer)) {
      answer = journal.append(LOUD, RECORD);
    }
    return answer;
  }

  @Test
  void refusesWhenTheOldestHasWaitedTooLong() throws IOException {
    try (TestJournal journal = open(limits(1, Durability.LOCAL))) {
      assertTrue(TestJournal.isStored(journal.append(RECORD)));
      assertTrue(TestJournal.isStored(journal.append(RECORD)));
      clock.now = clock.now.plus(Duration.ofHours(73));
      while (journal.journal.state().kind() != JournalState.Kind.OLD) {
        Thread.onSpinWait();
      }
      assertEquals(Cause.OLD, TestJournal.failure(journal.append(RECORD)));
      journal.journal.acknowledge(journal.journal.forcedPosition());
      assertTrue(TestJournal.isStored(journal.append(RECORD)));
    }
  }

  @Test
  void alarmsBeforeItRefuses() throws IOException {
    Journal.Limits few = new Journal.Limits(4096, 5 * 4096, Duration.ofSeconds(30), Duration.ZERO);
    try (TestJournal journal = open(few)) {
      assertFalse(journal.journal.pressure().isAlarming());
      while (!journal.journal.pressure().isAlarming()) {
        assertTrue(TestJournal.isStored(journal.append(RECORD)));
      }
      assertTrue(TestJournal.isStored(journal.append(RECORD)), "it still decides");
      journal.journal.acknowledge(journal.journal.forcedPosition());
      assertFalse(journal.journal.pressure().isAlarming());
      clock.now = clock.now.plus(Duration.ofDays(30));
      assertFalse(journal.journal.pressure().isAlarming(), "nothing waits");
      assertTrue(TestJournal.isStored(journal.append(RECORD)));
      // When the second is stored, the first is counted.
      assertTrue(TestJournal.isStored(journal.append(RECORD)));
      clock.now = clock.now.plus(Duration.ofHours(60));
      assertTrue(journal.journal.pressure().isAlarming());
    }
  }

  @Test
  void aFullDiskTakesWhatIsKeptOnlyForBackups() throws IOException {
    Journal.Limits keeping =
        new Journal.Limits(4096, 64 * 4096, Duration.ofSeconds(30), Duration.ofDays(1));
    try (TestJournal journal = open(keeping)) {
      while (storage.names().size() < 3) {
        assertTrue(TestJournal.isStored(journal.append(RECORD)));
      }
      journal.journal.acknowledge(journal.journal.forcedPosition());
      String oldest = storage.names().getFirst();
      storage.failCreates(1);
      while (storage.names().contains(oldest)) {
        assertTrue(TestJournal.isStored(journal.append(RECORD)));
      }
      assertTrue(TestJournal.isStored(journal.append(RECORD)));
    }
  }

  @Test
  void replicatedAnswersWaitForTheCommit() throws IOException {
    try (TestJournal journal = open(limits(1, Durability.REPLICATED))) {
      CompletableFuture<Void> first = journal.append("first");
      CompletableFuture<Void> second = journal.append("second");
      awaitForced(journal, 2);
      assertFalse(first.isDone());
      journal.journal.acknowledge(2);
      assertTrue(TestJournal.isStored(first));
      assertTrue(TestJournal.isStored(second));
    }
  }

  @Test
  void replicatedAnswersAreRefusedWhenTheCommitIsLate() throws IOException {
    Journal.Limits hasty =
        new Journal.Limits(
            4096,
            64 * 4096,
            Duration.ofMillis(40),
            Duration.ZERO,
            Duration.ofDays(3),
            1,
            0.8,
            Durability.REPLICATED);
    try (TestJournal journal = open(hasty)) {
      assertEquals(Cause.LATE, TestJournal.failure(journal.append("slow")));
      while (journal.journal.state().kind() != JournalState.Kind.LATE) {
        Thread.onSpinWait();
      }
      assertEquals(Cause.LATE, TestJournal.failure(journal.append("at once")));
      awaitForced(journal, 1);
      journal.journal.acknowledge(1);
      awaitForced(journal, 2);
      assertEquals(List.of("slow", "unanswered slow"), journal.recordsFrom(1));
    }
  }

  @Test
  void recordsThatComeTogetherAreAnsweredTogether() throws IOException {
    try (TestJournal journal = open(limits(1, Durability.LOCAL))) {
      CompletableFuture<Void> stored = new CompletableFuture<>();
      List<byte[]> records =
          List.of("a", "b", "c").stream().map(r -> r.getBytes(StandardCharsets.UTF_8)).toList();
      journal.journal.append(LOUD, records, Runnable::run, waiter(stored));
      assertTrue(TestJournal.isStored(stored));
      assertEquals(List.of("a", "b", "c"), journal.recordsFrom(1));
      assertEquals(1, journal.journal.forces());
    }
  }

  private static Stored waiter(CompletableFuture<Void> stored) {
    return new Stored() {
      @Override
      public void stored() {
        assertTrue(stored.complete(null), "told once");
      }

      @Override
      public void failed(EvidenceUnavailable why) {
        stored.completeExceptionally(why);
      }
    };
  }

  private static void awaitForced(TestJournal journal, long position) {
    while (journal.journal.forcedPosition() < position) {
      Thread.onSpinWait();
    }
  }

  private TestJournal open(Journal.Limits limits) throws IOException {
    return TestJournal.open(storage, limits, 0, clock);
  }

  private static Journal.Limits limits(double share, Durability durability) {
    return new Journal.Limits(
        4096,
        64 * 4096,
        Duration.ofSeconds(4),
        Duration.ZERO,
        Duration.ofHours(72),
        share,
        0.8,
        durability);
  }

  /** Stands where it is put. */
  private static final class SteppingClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
