package app.meshguard.audit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReaderTest {
  private final TenantId tenant = SampleRecords.tenant();
  private final List<LogEntry> log = new ArrayList<>();
  private int reads;

  @Test
  void holdsALittleForASlowListenerAndReadsTheRestFromTheLog() throws Exception {
    Reader reader = reader(0);
    assertEquals(List.of(), take(reader));
    for (int i = 0; i < 3 * Reader.HELD + 7; i++) {
      reader.offer(append());
    }

    assertEquals(LongStream.range(0, 3 * Reader.HELD + 7).boxed().toList(), takeAll(reader));
  }

  @Test
  void readsNothingFromTheLogOnceItKeepsUp() throws Exception {
    append();
    Reader reader = reader(0);
    assertEquals(List.of(0L), takeAll(reader));
    int before = reads;

    reader.offer(append());
    reader.offer(append());

    assertEquals(List.of(1L, 2L), takeAll(reader));
    assertEquals(before, reads);
  }

  @Test
  void goesOverWhatItHasAndNoticesWhatItHasNot() throws Exception {
    Reader reader = reader(1);
    LogEntry zero = append();
    append();
    append();
    LogEntry three = append();
    assertEquals(List.of(1L, 2L, 3L), takeAll(reader));

    reader.offer(zero);
    reader.offer(three);
    append();
    reader.offer(append());

    assertEquals(List.of(4L, 5L), takeAll(reader));
  }

  @Test
  void endsWhenItIsClosed() throws Exception {
    Reader reader = reader(0);
    reader.close();

    assertEquals(List.of(), reader.take(Duration.ofDays(1)));
    assertTrue(reader.isClosed());
  }

  private Reader reader(long next) {
    return new Reader(
        tenant,
        next,
        (whose, index, limit) -> {
          reads++;
          return log.stream().filter(entry -> entry.index() >= index).limit(limit).toList();
        });
  }

  private LogEntry append() {
    byte[] record =
        SampleRecords.decision(tenant).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    LogEntry entry = new LogEntry(log.size(), Instant.EPOCH, 1, log.size(), record, record, false);
    log.add(entry);
    return entry;
  }

  private static List<Long> takeAll(Reader reader) throws InterruptedException {
    List<Long> taken = new ArrayList<>();
    List<Long> some = take(reader);
    while (!some.isEmpty()) {
      taken.addAll(some);
      some = take(reader);
    }
    return taken;
  }

  private static List<Long> take(Reader reader) throws InterruptedException {
    return reader.take(Duration.ZERO).stream().map(LogEntry::index).toList();
  }
}
