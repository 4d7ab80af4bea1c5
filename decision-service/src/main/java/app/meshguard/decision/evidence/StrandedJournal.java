package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A journal that no replica writes any more, opened to be read: also one that is damaged. */
public final class StrandedJournal implements AutoCloseable {
  private final JournalDirectory directory;
  private final Segments segments;
  private final long last;
  private final @Nullable DamagedJournal damage;

  private StrandedJournal(
      JournalDirectory directory, Segments segments, long last, @Nullable DamagedJournal damage) {
    this.directory = directory;
    this.segments = segments;
    this.last = last;
    this.damage = damage;
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException when there is none, or a process writes it
   */
  public static StrandedJournal open(Path path) throws IOException {
    if (!Files.exists(path.resolve("id"))) {
      throw new IllegalStateException("there is no journal in " + path);
    }
    JournalDirectory directory = JournalDirectory.open(path);
    SegmentStorage storage = directory.storage();
    Segments segments = new Segments(storage, 1, Long.MAX_VALUE, Duration.ZERO, Clock.systemUTC());
    try {
      JournalRecovery.Found found = new JournalRecovery(storage).recover(0);
      found.segments().forEach(segments::add);
      return new StrandedJournal(directory, segments, found.lastPosition(), null);
    } catch (DamagedJournal damage) {
      List<String> names = storage.names();
      names.stream().map(SegmentName::parse).sorted().forEach(segments::add);
      return new StrandedJournal(directory, segments, damage.position() - 1, damage);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  public UUID id() {
    return directory.id();
  }

  public JournalDirectory directory() {
    return directory;
  }

  /** The first position that is still there. */
  public long first() {
    return segments.firstHeld(last + 1);
  }

  /** The last position that can be read: before the damage, where there is one. */
  public long last() {
    return last;
  }

  /** What is wrong with it, or null. */
  public @Nullable DamagedJournal damage() {
    return damage;
  }

  public JournalReader readerFrom(long position) {
    return new JournalReader(directory.storage(), segments, () -> last, position);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
