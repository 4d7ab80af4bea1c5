package app.meshguard.audit.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was signed, kept outside the database: a restored backup does not know it, and would sign
 * something else. INVARIANT: a head is here, forced to disk, before anybody is shown it.
 *
 * <p>Each process writes a file of its own and reads all, so that signers may share a directory;
 * the files of processes that have ended are taken over and removed.
 */
public final class Guard implements AutoCloseable {
  private final Path directory;
  private final KnownHeads known = new KnownHeads();
  private final Map<Path, Long> readUpTo = new HashMap<>();
  private @Nullable GuardFile own;

  private Guard(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads what is in the directory, which is made when it is not there.
   *
   * @throws IllegalStateException when a line in the midst of a file is damaged
   */
  public static Guard open(Path directory) {
    Guard guard = new Guard(directory);
    try {
      Files.createDirectories(directory);
      guard.rewrite();
    } catch (IOException e) {
      throw new UncheckedIOException("the guard in " + directory + " cannot be read", e);
    }
    return guard;
  }

  /** The highest head that is known of a log. */
  public synchronized Optional<GuardedHead> highest(String origin) {
    return known.highest(origin);
  }

  /** Another root that was signed for the size of the highest head. */
  public synchronized Optional<GuardedHead> contradiction(String origin) {
    return known.contradiction(origin);
  }

  /** All logs of the tenant of which anything but emptiness was signed. */
  public synchronized List<GuardedHead> of(String tenant) {
    return known.of(tenant);
  }

  /** The tenants that have such logs. */
  public synchronized Set<String> tenants() {
    return known.tenants();
  }

  /** Keeps these heads: on return they are on stable storage. */
  public synchronized void write(Collection<GuardedHead> heads) {
    if (heads.isEmpty()) {
      return;
    }
    try {
      GuardFile file = own;
      if (file == null || file.isLong()) {
        heads.forEach(known::add);
        rewrite();
        return;
      }
      file.append(heads);
      heads.forEach(known::add);
    } catch (IOException e) {
      // What the file holds now is not known: the next write begins another.
      close();
      throw new UncheckedIOException("the guard in " + directory + " cannot be written", e);
    }
  }

  /** Reads what other processes have written since. */
  public synchronized void refresh() {
    try {
      for (Path file : others()) {
        readOn(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the guard in " + directory + " cannot be read", e);
    }
  }

  /** Writes all that is known into a new file, and removes those that nobody writes to. */
  private void rewrite() throws IOException {
    List<Path> old = others();
    for (Path file : old) {
      readOn(file);
    }
    GuardFile before = own;
    own = GuardFile.create(directory, known.all());
    if (before != null) {
      before.close();
      Files.deleteIfExists(before.path());
    }
    for (Path file : old) {
      removeIfAbandoned(file);
    }
    GuardFile.forceDirectory(directory);
  }

  private void removeIfAbandoned(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        // Its writer may have added to it between our reading and its end.
        long before = readUpTo.getOrDefault(file, 0L);
        readOn(file);
        if (readUpTo.getOrDefault(file, 0L) == before) {
          Files.deleteIfExists(file);
          readUpTo.remove(file);
        }
      }
    } catch (OverlappingFileLockException | NoSuchFileException e) {
      // Written by this very process, or taken over by another one: either way not ours.
      return;
    }
  }

  private List<Path> others() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(GuardFile.SUFFIX))
          .filter(file -> own == null || !file.equals(own.path()))
          .toList();
    }
  }

  private void readOn(Path file) throws IOException {
    byte[] bytes;
    long from = readUpTo.getOrDefault(file, 0L);
    try {
      if (Files.size(file) <= from) {
        return;
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      readUpTo.remove(file);
      return;
    }
    String text = new String(bytes, (int) from, bytes.length - (int) from, StandardCharsets.UTF_8);
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      Optional<GuardedHead> head = GuardLine.parse(text.substring(start, end));
      if (head.isEmpty()) {
        if (text.indexOf('\n', end + 1) >= 0) {
          throw new IllegalStateException(
              "the guard file %s is damaged at byte %d: see docs/operations.md, the transparency log"
                  .formatted(file, from + start));
        }
        // The end of a write that was cut off: nobody was shown what it says.
        break;
      }
      known.add(head.get());
      start = end + 1;
    }
    readUpTo.put(file, from + text.substring(0, start).getBytes(StandardCharsets.UTF_8).length);
  }

  @Override
  public synchronized void close() {
    try {
      if (own != null) {
        own.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      own = null;
    }
  }
}
