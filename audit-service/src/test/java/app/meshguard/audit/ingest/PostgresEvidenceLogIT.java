package app.meshguard.audit.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.JournalPosition;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

@RunningAuditService
class PostgresEvidenceLogIT {
  private static final Logger LOG = Logger.getLogger(PostgresEvidenceLogIT.class);

  private static final String DECISIONS = "decision-service";

  @Inject PostgresEvidenceLog log;
  @Inject OwnerView owner;

  private final UUID journal = UUID.randomUUID();
  private final TenantId tenant = SampleRecords.tenant();

  @Test
  void registersAJournalOnceAndSaysWhereItIs() {
    assertEquals(
        Optional.of(new JournalPosition(journal.toString(), 0, null)),
        log.register(journal, DECISIONS, null));
    List<String> records = records(2);
    append(1, records);

    assertEquals(
        Optional.of(new JournalPosition(journal.toString(), 2, ApiKey.sha256(records.get(1)))),
        log.register(journal, DECISIONS, null));
  }

  @Test
  void keepsTheNewestReceiptKey() {
    log.register(journal, DECISIONS, "first");
    log.register(journal, DECISIONS, "second");
    log.register(journal, DECISIONS, null);

    assertEquals(
        List.of("second"),
        owner.asOwner(
            "SELECT receipt_key FROM journal WHERE journal = '" + journal + "'",
            row -> row.getString(1)));
  }

  @Test
  void keepsAJournalToTheServiceThatRegisteredIt() {
    log.register(journal, DECISIONS, null);

    assertEquals(Optional.empty(), log.register(journal, "tenant-service", "key"));
    assertInstanceOf(
        AppendResult.UnknownJournal.class,
        log.append(Batches.of(journal, 1, records(1)), "tenant-service"));
  }

  @Test
  void refusesAJournalThatWasNeverRegistered() {
    assertInstanceOf(AppendResult.UnknownJournal.class, append(1, records(1)));
  }

  @Test
  void appendsOnceWhateverOverlapIsSentAgain() {
    log.register(journal, DECISIONS, null);
    List<String> records = records(10);

    append(1, records.subList(0, 4));
    AppendResult again = append(1, records.subList(0, 4));
    AppendResult part = append(3, records.subList(2, 8));
    AppendResult middle = append(2, records.subList(1, 3));
    AppendResult rest = append(1, records);

    assertEquals(committed(at(4, records), 0, 4, 0), again);
    assertEquals(committed(at(8, records), 4, 2, 0), part);
    assertEquals(committed(at(8, records), 0, 2, 0), middle);
    assertEquals(committed(at(10, records), 2, 8, 0), rest);
    assertEquals(records, owner.records(tenant));
    assertEquals(IntStream.range(0, 10).mapToObj(Long::valueOf).toList(), owner.indexes(tenant));
  }

  @Test
  void refusesAGap() {
    log.register(journal, DECISIONS, null);
    List<String> records = records(3);
    append(1, records.subList(0, 1));

    assertEquals(new AppendResult.Gap(at(1, records)), append(3, records.subList(2, 3)));
    assertEquals(1, owner.records(tenant).size());
  }

  @Test
  void refusesAnotherRecordAtTheLastPosition() {
    log.register(journal, DECISIONS, null);
    List<String> records = records(2);
    append(1, records);

    assertEquals(new AppendResult.Conflict(at(2, records), 2), append(2, records(2)));
    assertEquals(2, owner.records(tenant).size());
  }

  @Test
  void refusesAnotherRecordAtTheEndOfAnOlderBatch() {
    log.register(journal, DECISIONS, null);
    List<String> records = records(4);
    append(1, records.subList(0, 2));
    append(3, records.subList(2, 4));

    assertEquals(new AppendResult.Conflict(at(4, records), 2), append(1, records(2)));
  }

  @Test
  void putsAsideWhatCannotBeReadAndGoesOn() {
    log.register(journal, DECISIONS, null);
    List<String> records = new ArrayList<>(records(3));
    records.set(1, "{\"not\":\"a record\"}");

    AppendResult result = append(1, records);

    assertEquals(committed(at(3, records), 2, 0, 1), result);
    assertEquals(List.of(records.get(0), records.get(2)), owner.records(tenant));
    assertEquals(List.of(0L, 1L), owner.indexes(tenant));
    assertEquals(
        List.of("2 format 0 is not known: only 1 is " + records.get(1)), owner.quarantine(journal));
  }

  @Test
  void takesABatchInWhichNothingCanBeRead() {
    log.register(journal, DECISIONS, null);

    assertEquals(
        new AppendResult.Committed(at(2, List.of("", "x")), 0, 0, 2, Set.of()),
        append(1, List.of("", "x")));
  }

  @Test
  void takesTextThatADatabaseOrAnIndexCannotHold() {
    log.register(journal, DECISIONS, null);
    String record =
        SampleRecords.with(SampleRecords.decision(tenant), "action", "x".repeat(20_000))
            .replace("\"t-1\"", "\"\\u0000\\ud800" + "y".repeat(10_000) + "\"");

    append(1, List.of(record));

    assertEquals(List.of(record), owner.records(tenant));
  }

  @Test
  void leavesNoGapAndNoDoubleWhenManyJournalsShipAtOnce() throws Exception {
    List<TenantId> tenants = IntStream.range(0, 3).mapToObj(i -> SampleRecords.tenant()).toList();
    List<Future<?>> shippers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int j = 0; j < 6; j++) {
        UUID shipped = UUID.randomUUID();
        shippers.add(threads.submit(() -> ship(shipped, tenants, 10, 21)));
      }
      for (Future<?> shipper : shippers) {
        shipper.get();
      }
    }

    for (TenantId each : tenants) {
      assertEquals(IntStream.range(0, 420).mapToObj(Long::valueOf).toList(), owner.indexes(each));
    }
    assertEquals(1_260, owner.decisionIds(tenants).size());
    assertEquals(
        owner.batches(),
        IntStream.rangeClosed(1, owner.batches().size()).mapToObj(Long::valueOf).toList());
  }

  /** Ships batches of records of all tenants in turn, each batch twice and with an overlap. */
  private void ship(UUID shipped, List<TenantId> tenants, int batches, int size) {
    log.register(shipped, DECISIONS, null);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < batches * size; i++) {
      all.add(SampleRecords.decision(tenants.get(i % tenants.size())));
    }
    for (int b = 0; b < batches; b++) {
      int from = Math.max(0, b * size - 5);
      EvidenceBatch batch = Batches.of(shipped, from + 1, all.subList(from, (b + 1) * size));
      assertInstanceOf(AppendResult.Committed.class, log.append(batch, DECISIONS));
      assertInstanceOf(AppendResult.Committed.class, log.append(batch, DECISIONS));
    }
  }

  @Test
  void takesFiftyThousandRecords() {
    log.register(journal, DECISIONS, null);
    List<EvidenceBatch> batches = new ArrayList<>();
    for (int b = 0; b < 25; b++) {
      batches.add(Batches.of(journal, 1 + b * 2_000L, records(2_000)));
    }

    long start = System.nanoTime();
    batches.forEach(batch -> log.append(batch, DECISIONS));
    double seconds = (System.nanoTime() - start) / 1e9;

    LOG.infof("50,000 records in %.2f s: %.0f a second", seconds, 50_000 / seconds);
    assertEquals(50_000, owner.count(tenant));
  }

  private AppendResult committed(
      JournalPosition position, int appended, int known, int quarantined) {
    return new AppendResult.Committed(position, appended, known, quarantined, Set.of(tenant));
  }

  private AppendResult append(long first, List<String> records) {
    return log.append(Batches.of(journal, first, records), DECISIONS);
  }

  private JournalPosition at(int position, List<String> records) {
    return new JournalPosition(
        journal.toString(), position, ApiKey.sha256(records.get(position - 1)));
  }

  private List<String> records(int count) {
    return IntStream.range(0, count).mapToObj(i -> SampleRecords.decision(tenant)).toList();
  }
}
