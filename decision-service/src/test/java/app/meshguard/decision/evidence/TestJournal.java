package app.meshguard.decision.evidence;

import app.meshguard.wire.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A journal under test, and what its callers were told. */
final class TestJournal implements AutoCloseable {
  static final Journal.Limits SMALL =
      new Journal.Limits(4096, 64 * 4096, Duration.ofSeconds(30), Duration.ZERO);
  static final TenantId TENANT = new TenantId("org_0123456789abcdef");
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

  final Journal journal;

  private TestJournal(Journal journal) {
    this.journal = journal;
  }

  static TestJournal open(SegmentStorage storage) throws IOException {
    return open(storage, SMALL, 0);
  }

  static TestJournal open(SegmentStorage storage, Journal.Limits limits, long acknowledged)
      throws IOException {
    return open(storage, limits, acknowledged, Clock.systemUTC());
  }

  static TestJournal open(
      SegmentStorage storage, Journal.Limits limits, long acknowledged, Clock clock)
      throws IOException {
    return new TestJournal(Journal.open(ID, storage, limits, acknowledged, clock));
  }

  /** Completes when the record is stored. */
  CompletableFuture<Void> append(String record) {
    return append(TENANT, record);
  }

  CompletableFuture<Void> append(TenantId tenant, String record) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    journal.append(
        tenant,
        record.getBytes(StandardCharsets.UTF_8),
        Runnable::run,
        new Stored() {
          @Override
          public void stored() {
            stored.complete(null);
          }

          @Override
          public void failed(EvidenceUnavailable why) {
            stored.completeExceptionally(why);
          }

          @Override
          public byte[] unanswered() {
            return ("unanswered " + record).getBytes(StandardCharsets.UTF_8);
          }
        });
    return stored;
  }

  /** Whether it was stored; waits for the answer. */
  static boolean isStored(CompletableFuture<Void> answer) {
    return answer.orTimeout(30, TimeUnit.SECONDS).handle((ok, e) -> e == null).join();
  }

  static EvidenceUnavailable.Cause failure(CompletableFuture<Void> answer) {
    return answer
        .orTimeout(30, TimeUnit.SECONDS)
        .handle((ok, e) -> ((EvidenceUnavailable) e).why())
        .join();
  }

  /** All forced records from the position on. */
  List<String> recordsFrom(long position) throws IOException {
    List<String> records = new ArrayList<>();
    try (JournalReader reader = journal.readerFrom(position)) {
      for (JournalReader.Batch batch = reader.next(3, 1000);
          batch != null;
          batch = reader.next(3, 1000)) {
        records.addAll(Arrays.asList(new String(batch.body(), StandardCharsets.UTF_8).split("\n")));
      }
    }
    return records;
  }

  @Override
  public void close() {
    journal.close();
  }
}
