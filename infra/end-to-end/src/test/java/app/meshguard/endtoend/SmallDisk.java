package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few megabytes in memory. Only root can have one; others skip the test. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 1 << 14;

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  static SmallDisk mountedAt(Path directory, int kilobytes) throws Exception {
    Files.createDirectories(directory);
    Script mounted = mount(directory, "size=" + kilobytes + "k");
    Assumptions.assumeTrue(
        mounted.succeeded(), () -> "no small disk without mount: " + mounted.output());
    return new SmallDisk(directory);
  }

  Path directory() {
    return directory;
  }

  /** Makes it larger, as an operator would who is called at night. */
  void grow(int kilobytes) throws Exception {
    Script grown = mount(directory, "remount,size=" + kilobytes + "k");
    assertTrue(grown.succeeded(), grown::output);
  }

  /** Fills what is free with one file. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(new byte[BLOCK]);
      }
    } catch (IOException e) {
      assertTrue(directory.toFile().getUsableSpace() < BLOCK, () -> "not full: " + e);
    }
  }

  /** Deletes that file. */
  void makeRoom() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  private static Script mount(Path directory, String options) throws Exception {
    return Script.run(
        directory,
        List.of("mount", "-t", "tmpfs", "-o", options, "meshguard-test", directory.toString()));
  }

  @Override
  public void close() throws Exception {
    // Lazily: what a killed process still holds goes with it.
    Script.run(directory.getParent(), List.of("umount", "-l", directory.toString()));
  }
}
