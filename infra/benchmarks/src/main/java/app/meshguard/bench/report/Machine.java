package app.meshguard.bench.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Where the figures come from.
 *
 * @param forceMicros median time to append 4 KiB to a file and force it to disk, the floor under
 *     every recorded decision
 */
public record Machine(
    String cpu, int cores, long memoryMiB, String system, String jdk, double forceMicros) {

  /** Looks at this machine; {@code directory} is on the disk that the benchmark writes to. */
  public static Machine look(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new Machine(
        firstValue("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kibibytes(firstValue("/proc/meminfo", "MemTotal")) / 1024,
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        forceMicros(directory));
  }

  private static double forceMicros(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, "force", ".probe");
    long[] nanos = new long[101];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        ByteBuffer block = ByteBuffer.allocate(4096);
        while (block.hasRemaining()) {
          channel.write(block);
        }
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    } finally {
      Files.delete(file);
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1000.0;
  }

  private static String firstValue(String file, String key) throws IOException {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static long kibibytes(String value) {
    String digits = value.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
