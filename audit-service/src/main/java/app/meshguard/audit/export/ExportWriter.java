package app.meshguard.audit.export;

import java.io.IOException;

/** Writes an export in one format, entry by entry: it keeps none of them. */
interface ExportWriter {
  void begin(ExportScope scope) throws IOException;

  void write(ExportEntry entry) throws IOException;

  /** An entry that retention has deleted: nothing of it is left but the hash of its leaf. */
  default void writeDeleted(long index, byte[] leafHash) throws IOException {}

  void end(ExportEnd end) throws IOException;
}
