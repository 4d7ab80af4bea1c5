package app.meshguard.audit.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.UUID;

/** The one guard file that this process writes: locked for as long as the process lives. */
final class GuardFile implements AutoCloseable {
  static final String SUFFIX = ".guard";

  private final Path path;
  private final FileChannel channel;
  private final long firstSize;

  private GuardFile(Path path, FileChannel channel, long firstSize) {
    this.path = path;
    this.channel = channel;
    this.firstSize = firstSize;
  }

  /** Makes a file with these heads; it is there whole, on stable storage, or not at all. */
  static GuardFile create(Path directory, Collection<GuardedHead> heads) throws IOException {
    Path path = directory.resolve(UUID.randomUUID() + SUFFIX);
    Path fresh = directory.resolve(path.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      // Held until the process ends: who finds it free knows that nobody writes to it any more.
      if (channel.tryLock() == null) {
        throw new IOException(fresh + " cannot be locked");
      }
      GuardFile file = new GuardFile(path, channel, write(channel, heads));
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory(directory);
      return file;
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  void append(Collection<GuardedHead> heads) throws IOException {
    write(channel, heads);
  }

  /** Whether it has grown so long that it is worth writing anew. */
  boolean isLong() throws IOException {
    return channel.size() > Math.max(4 << 20, 8 * firstSize);
  }

  /** One write and one force, however many heads. */
  private static long write(FileChannel channel, Collection<GuardedHead> heads) throws IOException {
    StringBuilder text = new StringBuilder();
    heads.forEach(head -> text.append(GuardLine.text(head)));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    return channel.size();
  }

  /** Makes what was renamed or deleted in it lasting. */
  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
