package app.meshguard.audit.guard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One line of a guard file: a signed head and a checksum, so that a torn line is not believed. */
final class GuardLine {
  private static final String VERSION = "1";
  private static final int FIELDS = 8;

  private GuardLine() {}

  static String text(GuardedHead head) {
    String fields =
        String.join(
            " ",
            VERSION,
            head.tenant(),
            String.valueOf(head.epoch()),
            head.origin(),
            String.valueOf(head.master()),
            String.valueOf(head.size()),
            Base64.getEncoder().encodeToString(head.root()));
    return fields + " " + checksum(fields) + "\n";
  }

  /** The head of a line without its end; empty when the line is torn or was changed. */
  static Optional<GuardedHead> parse(String line) {
    int last = line.lastIndexOf(' ');
    String[] field = line.split(" ", -1);
    if (last < 0
        || field.length != FIELDS
        || !field[0].equals(VERSION)
        || !checksum(line.substring(0, last)).equals(field[FIELDS - 1])) {
      return Optional.empty();
    }
    return Optional.of(
        new GuardedHead(
            field[1],
            Integer.parseInt(field[2]),
            field[3],
            Integer.parseInt(field[4]),
            Long.parseLong(field[5]),
            Base64.getDecoder().decode(field[6])));
  }

  private static String checksum(String fields) {
    CRC32C crc = new CRC32C();
    crc.update(fields.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
