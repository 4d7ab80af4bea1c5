package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Not a test: measures what the journal alone can do. Run its main with a directory. */
final class JournalLoad {
  private JournalLoad() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of(args[0]), "journal");
    byte[] record = "x".repeat(900).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Journal.Limits limits =
        new Journal.Limits(64 << 20, 8L << 30, Duration.ofSeconds(5), Duration.ZERO);
    try (Journal journal =
        Journal.open(
            UUID.randomUUID(), new FileSegmentStorage(folder), limits, 0, Clock.systemUTC())) {
      for (int clients : new int[] {1, 8, 32, 32}) {
        measure(journal, record, clients);
      }
    }
  }

  private static void measure(Journal journal, byte[] record, int clients)
      throws InterruptedException {
    ExecutorService[] loops = new ExecutorService[2];
    for (int i = 0; i < loops.length; i++) {
      loops[i] = Executors.newSingleThreadExecutor();
    }
    LongAdder count = new LongAdder();
    long forces = journal.forces();
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    CountDownLatch finished = new CountDownLatch(clients);
    for (int i = 0; i < clients; i++) {
      ExecutorService home = loops[i % loops.length];
      home.execute(
          new Runnable() {
            @Override
            public void run() {
              journal.append(
                  TestJournal.TENANT,
                  record,
                  home,
                  new Stored() {
                    @Override
                    public void stored() {
                      count.increment();
                      if (System.nanoTime() < end) {
                        again();
                      } else {
                        finished.countDown();
                      }
                    }

                    @Override
                    public void failed(EvidenceUnavailable why) {
                      finished.countDown();
                    }
                  });
            }

            private void again() {
              run();
            }
          });
    }
    finished.await();
    System.out.printf(
        "%d clients: %d records/s, %.1f a force%n",
        clients, count.sum() / 3, (double) count.sum() / (journal.forces() - forces));
    for (ExecutorService loop : loops) {
      loop.shutdown();
    }
  }
}
