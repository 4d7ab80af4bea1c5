package app.meshguard.decision.shipping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.evidence.EvidenceUnavailable;
import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.decision.evidence.Stored;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import app.meshguard.wire.evidence.SignedHead;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipperTest {
  private static final TenantId TENANT = new TenantId("org_0123456789abcdef");
  private static final Journal.Limits LIMITS =
      new Journal.Limits(4096, 64 * 4096, Duration.ofSeconds(30), Duration.ofDays(1));

  @TempDir Path folder;

  private final AuditStandIn audit = new AuditStandIn();

  @Test
  void shipsInOrderAndSaysWhatItsReceiptsAreCheckedWith() throws Exception {
    live(audit, List.of("a", "b", "c"));
    assertEquals(List.of("a", "b", "c"), audit.records);
    assertEquals("vkey", audit.said.getLast().receiptKey());
  }

  @Test
  void goesBackWhenTheAuditServiceHasLostRecords() throws Exception {
    live(audit, List.of("a", "b", "c", "d"));
    audit.restoreBackupOf(2);
    live(audit, List.of("e"));
    assertEquals(List.of("a", "b", "c", "d", "e"), audit.records);
  }

  @Test
  void saysWhatItCannotSendAgain() throws Exception {
    live(audit, IntStream.range(0, 40).mapToObj(i -> i + "x".repeat(500)).toList());
    forgetOldestSegment();
    audit.restoreBackupOf(0);
    long missing = live(audit, List.of());
    assertTrue(missing > 0 && missing < 40, "missing " + missing);
    assertEquals(List.of(), audit.records, "no gap is sent");
  }

  @Test
  void remembersTheGreatestHeadOfEachLog() throws Exception {
    audit.heads = List.of(new SignedHead("o/log/1", 7, "cm9vdDc="));
    live(audit, List.of("a"));
    audit.heads = List.of(new SignedHead("o/log/1", 5, "cm9vdDU="));
    live(audit, List.of("b"));
    live(audit, List.of());
    assertEquals(
        List.of(new SignedHead("o/log/1", 7, "cm9vdDc=")), audit.said.getLast().witnessed());
  }

  @Test
  void aLostAcknowledgementDoublesNothing() throws Exception {
    audit.loseAcknowledgements = 1;
    live(audit, List.of("a", "b"));
    assertEquals(List.of("a", "b"), audit.records);
  }

  @Test
  void thePlantedFaultDoublesIt() throws Exception {
    audit.loseAcknowledgements = 1;
    live(new ResentWithoutPosition(audit), List.of("a"));
    assertEquals(List.of("a", "a"), audit.records);
  }

  @Test
  void theRescueCommandShipsWhatWasLeftBehind() throws Exception {
    audit.isAway = true;
    live(audit, List.of("a", "b", "c"));
    audit.isAway = false;
    assertEquals(0, new RescueCommand(System.out, System.err).run(folder, audit));
    assertEquals(List.of("a", "b", "c"), audit.records);
    assertEquals(0, new RescueCommand(System.out, System.err).run(folder, audit), "again");
    assertEquals(List.of("a", "b", "c"), audit.records);
  }

  @Test
  void theRescueCommandShipsWhatStandsBeforeADamage() throws Exception {
    audit.isAway = true;
    live(audit, List.of("aaaa", "bbbb", "cccc"));
    audit.isAway = false;
    flip(28 + 4 + 28);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertEquals(2, new RescueCommand(System.out, err).run(folder, audit));
    assertEquals(List.of("aaaa"), audit.records);
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("record 2 is not whole"));
  }

  private void flip(int offset) throws IOException {
    Path segment;
    try (Stream<Path> files = Files.list(folder)) {
      segment = files.filter(f -> f.toString().contains("segment-")).sorted().toList().getFirst();
    }
    byte[] bytes = Files.readAllBytes(segment);
    bytes[offset] ^= 1;
    Files.write(segment, bytes);
  }

  private void forgetOldestSegment() throws IOException {
    try (JournalDirectory directory = JournalDirectory.open(folder)) {
      List<String> names = directory.storage().names().stream().sorted().toList();
      directory.storage().delete(names.getFirst());
    }
  }

  /** One life of a replica: stores the records, ships them, stops. Returns what was missing. */
  private long live(EvidenceReceiver receiver, List<String> records) throws Exception {
    try (JournalDirectory directory = JournalDirectory.open(folder)) {
      Journal journal =
          Journal.open(
              directory.id(),
              directory.storage(),
              LIMITS,
              directory.acknowledged(),
              Clock.systemUTC());
      Shipper shipper = new Shipper(journal, directory, receiver, new AtOnce(), () -> "vkey");
      int before = audit.said.size();
      shipper.start(new StartupEvent());
      for (String record : records) {
        append(journal, record).join();
      }
      while (!audit.isAway
          && (audit.said.size() == before || (shipper.lag() > 0 && shipper.missing() == 0))) {
        Thread.onSpinWait();
      }
      shipper.stop(new ShutdownEvent());
      return shipper.missing();
    }
  }

  private static CompletableFuture<Void> append(Journal journal, String record) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    journal.append(
        TENANT,
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
        });
    return stored;
  }

  /** Takes what follows its last position, as the audit-service does. */
  private static final class AuditStandIn implements EvidenceReceiver {
    private final List<String> records = new ArrayList<>();
    private final List<JournalRegistration> said =
        new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile List<SignedHead> heads = List.of();
    private volatile int loseAcknowledgements;
    private volatile boolean isAway;

    void restoreBackupOf(int size) {
      records.subList(size, records.size()).clear();
    }

    @Override
    public JournalPosition register(UUID journal, JournalRegistration registration)
        throws IOException {
      if (isAway) {
        throw new IOException("nobody is there");
      }
      said.add(registration);
      return position(journal);
    }

    @Override
    public JournalPosition send(UUID journal, JournalReader.Batch batch) throws IOException {
      if (batch.firstPosition() > records.size() + 1) {
        throw new AuditService.Refused(409, "evidence_gap", "/internal/evidence");
      }
      List<String> sent = List.of(new String(batch.body(), StandardCharsets.UTF_8).split("\n"));
      int known = (int) (records.size() + 1 - batch.firstPosition());
      records.addAll(sent.subList(Math.min(known, sent.size()), sent.size()));
      if (loseAcknowledgements > 0) {
        loseAcknowledgements--;
        throw new IOException("the connection broke");
      }
      return position(journal);
    }

    private JournalPosition position(UUID journal) {
      return new JournalPosition(journal.toString(), records.size(), null, heads);
    }
  }

  /** Waits for nothing. */
  private static final class AtOnce implements ShipperConfig {
    @Override
    public int maxRecords() {
      return 100;
    }

    @Override
    public int maxBytes() {
      return 1 << 20;
    }

    @Override
    public Duration gather() {
      return Duration.ZERO;
    }

    @Override
    public Duration giveWay() {
      return Duration.ZERO;
    }

    @Override
    public long hurryAt() {
      return 1;
    }

    @Override
    public Duration maxBackoff() {
      return Duration.ofMillis(10);
    }

    @Override
    public Duration grace() {
      return Duration.ofSeconds(1);
    }
  }
}
