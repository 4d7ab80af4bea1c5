package app.meshguard.audit.export;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object a line; the record's bytes are passed on as they are. */
final class JsonLinesWriter implements ExportWriter {
  private final OutputStream out;

  JsonLinesWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(ExportScope scope) throws IOException {
    line(Map.of("export", scope));
  }

  @Override
  public void write(ExportEntry exported) throws IOException {
    LogEntry entry = exported.entry();
    byte @Nullable [] record = entry.record();
    text("{\"index\":" + entry.index());
    if (record != null) {
      text(",\"id\":\"" + EntryId.of(entry.index(), record) + "\"");
    }
    text(",\"recordedAt\":\"" + entry.appendedAt() + "\",\"leaf\":\"");
    out.write(Base64.getEncoder().encode(entry.leaf()));
    text("\",\"record\":");
    if (record == null) {
      text(entry.damaged() ? "null,\"damaged\":true" : "null,\"erased\":true");
    } else {
      out.write(record);
    }
    text("}\n");
  }

  @Override
  public void writeDeleted(long index, byte[] leafHash) throws IOException {
    text("{\"index\":" + index + ",\"deleted\":true,\"leafHash\":\"");
    out.write(Base64.getEncoder().encode(leafHash));
    text("\"}\n");
  }

  @Override
  public void end(ExportEnd end) throws IOException {
    line(Map.of("end", end));
  }

  private void line(Map<String, ?> value) throws IOException {
    out.write(ExportJson.MAPPER.writeValueAsBytes(value));
    out.write('\n');
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
