package app.meshguard.audit.search;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a tenant's records as they are stored, oldest first.
 *
 * @param next where the page ended; null when nothing follows
 */
record RecordPage(List<byte[]> records, @Nullable Cursor next) {
  RecordPage {
    records = List.copyOf(records);
  }

  /** The records' exact bytes, each with a line feed after it, which no record holds. */
  byte[] lines() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] record : records) {
      lines.writeBytes(record);
      lines.write('\n');
    }
    return lines.toByteArray();
  }
}
