package app.meshguard.audit.stream;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.projection.ColumnReader;
import app.meshguard.audit.search.AuditEntry;
import app.meshguard.audit.search.EntryFilter;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Turns what a reader takes into events, when the listener has room for more: a slow one is waited
 * for here, and holds up nobody else.
 */
final class Events {
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final int SILENT_LOOKS = 15;
  private static final Executor VIRTUAL = work -> Thread.ofVirtual().start(work);

  private final Reader reader;
  private final EntryFilter filter;
  private final BooleanSupplier stillMay;
  private final Sse sse;
  private final Function<Object, String> json;
  // The first comment goes out at once: the listener knows that it is connected.
  private int silent = SILENT_LOOKS;

  Events(
      Reader reader,
      EntryFilter filter,
      BooleanSupplier stillMay,
      Sse sse,
      Function<Object, String> json) {
    this.reader = reader;
    this.filter = filter;
    this.stillMay = stillMay;
    this.sse = sse;
    this.json = json;
  }

  /** The next events, or a comment after a while; the reader is closed when it is over. */
  Uni<List<OutboundSseEvent>> next() {
    return Uni.createFrom().item(Unchecked.supplier(this::await)).runSubscriptionOn(VIRTUAL);
  }

  private List<OutboundSseEvent> await() throws InterruptedException {
    List<OutboundSseEvent> events = new ArrayList<>();
    while (events.isEmpty() && !reader.isClosed()) {
      if (silent >= SILENT_LOOKS) {
        silent = 0;
        events.add(sse.newEventBuilder().comment("still here").build());
        return events;
      }
      for (LogEntry entry : reader.take(LOOKS_EVERY)) {
        byte[] record = entry.record();
        if (filter.matches(
            ColumnReader.read(record == null ? entry.leaf() : record, entry.appendedAt()))) {
          events.add(event(entry));
        }
      }
      silent++;
      if (!stillMay()) {
        reader.close();
        return List.of();
      }
    }
    silent = 0;
    return events;
  }

  /** A failure to ask denies: the listener comes again with its last id. */
  private boolean stillMay() {
    try {
      return stillMay.getAsBoolean();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private OutboundSseEvent event(LogEntry entry) {
    return sse.newEventBuilder()
        .id(Long.toString(entry.index()))
        .name("entry")
        .data(json.apply(AuditEntry.of(entry)))
        .build();
  }
}
