package app.meshguard.audit.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.wire.evidence.JournalPosition;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final UUID journal = UUID.randomUUID();
  private final Turns turns = new Turns();
  private final ConcurrentLinkedQueue<Long> appended = new ConcurrentLinkedQueue<>();

  @Test
  void aBatchThatCameTooEarlyFollowsTheOneBeforeIt() {
    append(batch(1, 5));

    CompletableFuture<AppendResult> early =
        CompletableFuture.supplyAsync(() -> append(batch(11, 5)));
    append(batch(6, 5));

    early.join();
    assertEquals(List.of(1L, 6L, 11L), List.copyOf(appended));
  }

  @Test
  void oneIsAppendedAtATime() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<AppendResult> first =
        CompletableFuture.supplyAsync(
            () ->
                turns.inTurn(
                    batch(1, 5),
                    () -> {
                      inside.countDown();
                      await(goOn);
                      return committed(batch(1, 5));
                    }));
    inside.await();
    CompletableFuture<AppendResult> second =
        CompletableFuture.supplyAsync(() -> append(batch(6, 5)));

    assertEquals(List.of(), List.copyOf(appended));
    goOn.countDown();
    first.join();
    assertInstanceOf(AppendResult.Committed.class, second.join());
    assertEquals(List.of(6L), List.copyOf(appended));
  }

  @Test
  void afterAFailureTheLogItselfAnswersTheNext() {
    append(batch(1, 5));
    assertThrows(
        IllegalStateException.class,
        () ->
            turns.inTurn(
                batch(6, 5),
                () -> {
                  throw new IllegalStateException("the database is away");
                }));

    append(batch(11, 5));

    assertEquals(List.of(1L, 11L), List.copyOf(appended));
  }

  @Test
  void oneWhoseForerunnerNeverComesIsNotKeptForEver() {
    append(batch(1, 5));

    append(batch(100, 5));

    assertEquals(List.of(1L, 100L), List.copyOf(appended));
  }

  private AppendResult append(EvidenceBatch batch) {
    return turns.inTurn(
        batch,
        () -> {
          appended.add(batch.firstPosition());
          return committed(batch);
        });
  }

  private static AppendResult committed(EvidenceBatch batch) {
    return new AppendResult.Committed(
        new JournalPosition(batch.journal().toString(), batch.lastPosition(), null), 0, 0, 0);
  }

  private EvidenceBatch batch(long firstPosition, int records) {
    return new EvidenceBatch(journal, firstPosition, new byte[0], new int[records]);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
