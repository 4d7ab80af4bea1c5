package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a journal: locked against a second process, named by a UUID that is made with
 * it, and remembering what the audit-service has acknowledged.
 */
public final class JournalDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel lockFile;
  private final UUID id;
  private final Path acknowledged;

  private JournalDirectory(Path directory, FileChannel lockFile, UUID id) {
    this.directory = directory;
    this.acknowledged = directory.resolve("acknowledged");
    this.lockFile = lockFile;
    this.id = id;
  }

  /**
   * Opens the directory; makes it when it is not there.
   *
   * @throws IllegalStateException when another process has it
   */
  public static JournalDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(lockFile) == null) {
      lockFile.close();
      throw new IllegalStateException(
          "another process writes the journal in " + directory + ": give each replica its own");
    }
    return new JournalDirectory(directory, lockFile, readOrMakeId(directory.resolve("id")));
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static UUID readOrMakeId(Path file) throws IOException {
    if (!Files.exists(file)) {
      replace(file, UUID.randomUUID().toString());
    }
    return UUID.fromString(Files.readString(file).strip());
  }

  public UUID id() {
    return id;
  }

  /** A file beside the segments. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  public SegmentStorage storage() {
    return new FileSegmentStorage(directory);
  }

  /** What the audit-service is known to have committed; 0 when that is not known. */
  public long acknowledged() throws IOException {
    String text = Files.exists(acknowledged) ? Files.readString(acknowledged).strip() : "";
    return text.matches("[0-9]{20}") ? Long.parseLong(text) : 0;
  }

  /**
   * Remembers it. Not forced, for a force here would hold up those of decisions: a lost update does
   * no harm, since the audit-service is asked at each start and skips what it has.
   */
  public void acknowledged(long position) throws IOException {
    Files.writeString(
        acknowledged,
        String.format(Locale.ROOT, "%020d%n", position),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  /** Replaces a small file in one step; when this returns, it survives a power cut. */
  public static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
