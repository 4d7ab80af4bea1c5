package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Segments as files of a directory. They are filled with zeros before use: a force of a file whose
 * blocks are there takes half the time of one that has to find them. The next file is made ahead by
 * a thread of its own, so that changing over is a rename.
 */
public final class FileSegmentStorage implements SegmentStorage {
  private static final Logger LOG = Logger.getLogger(FileSegmentStorage.class);
  private static final String PREPARED = "prepared.tmp";
  private static final int ZEROS = 1 << 20;

  private final Path directory;
  private final AtomicReference<@Nullable Thread> preparing = new AtomicReference<>();

  public FileSegmentStorage(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).filter(SegmentName::isOne).toList();
    }
  }

  @Override
  public Segment create(String name, int size) throws IOException {
    awaitPreparation();
    Path prepared = directory.resolve(PREPARED);
    if (!Files.exists(prepared) || Files.size(prepared) != size) {
      fill(prepared, size);
    }
    Path file = directory.resolve(name);
    Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
    return new FileSegment(file, FileChannel.open(file, StandardOpenOption.WRITE), size);
  }

  @Override
  public Segment create(String name, ByteBuffer contents) throws IOException {
    int size = contents.remaining();
    Path growing = directory.resolve(name + ".new");
    try (FileChannel channel =
        FileChannel.open(
            growing,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(channel, contents, 0);
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(growing);
      throw e;
    }
    Path file = directory.resolve(name);
    Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
    return new FileSegment(file, FileChannel.open(file, StandardOpenOption.WRITE), size);
  }

  @Override
  public Segment open(String name) throws IOException {
    Path file = directory.resolve(name);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new FileSegment(file, channel, (int) channel.size());
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public void prepare(int size) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("journal-prepare")
            .unstarted(
                () -> {
                  try {
                    fill(directory.resolve(PREPARED), size);
                  } catch (IOException e) {
                    // Nothing is lost: create() tries again and reports to the waiting callers.
                    deletePrepared();
                  }
                });
    if (preparing.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  private void awaitPreparation() throws IOException {
    Thread thread = preparing.getAndSet(null);
    if (thread == null) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a segment was prepared", e);
    }
  }

  private void fill(Path file, int size) throws IOException {
    Path growing = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            growing,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(ZEROS, size));
      for (int at = 0; at < size; at += zeros.limit()) {
        zeros.clear().limit(Math.min(zeros.capacity(), size - at));
        writeAll(channel, zeros, at);
        // Bit by bit: one force of the whole file would hold up the forces of the decisions.
        channel.force(false);
      }
      channel.force(true);
    }
    Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void deletePrepared() {
    try {
      Files.deleteIfExists(directory.resolve(PREPARED));
      Files.deleteIfExists(directory.resolve(PREPARED + ".new"));
    } catch (IOException e) {
      LOG.debug("A half-made segment could not be deleted", e);
    }
  }

  private void forceDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes, long offset)
      throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private record FileSegment(Path file, FileChannel channel, int size) implements Segment {
    @Override
    public String name() {
      return file.getFileName().toString();
    }

    @Override
    public void write(ByteBuffer bytes, int offset) throws IOException {
      writeAll(channel, bytes, offset);
    }

    @Override
    public void read(ByteBuffer into, int offset) throws IOException {
      long at = offset;
      while (into.hasRemaining()) {
        int count = channel.read(into, at);
        if (count < 0) {
          return;
        }
        at += count;
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // All that anybody was answered for has been forced before: nothing is lost.
        LOG.debug("A segment did not close cleanly", e);
      }
    }
  }
}
