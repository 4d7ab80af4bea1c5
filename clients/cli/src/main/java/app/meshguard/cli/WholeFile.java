package app.meshguard.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An export is whole when its last line says so. */
final class WholeFile {
  private static final int LAST = 4_096;

  private WholeFile() {}

  static void check(Path file) throws IOException {
    try (RandomAccessFile read = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(LAST, read.length())];
      read.seek(read.length() - end.length);
      read.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8).stripTrailing();
      String last = text.substring(text.lastIndexOf('\n') + 1);
      if (!last.startsWith("{\"end\":") && !last.startsWith("# meshguard-export-end ")) {
        throw new CommandFailed(
            "The export is cut off: its last line is missing. What came is in " + file + ".");
      }
    }
  }
}
