package app.meshguard.audit.export;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.record.EvidenceRecord;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, the first and last lines as comments. INVARIANT: no cell begins as a formula does: what
 * an agent wrote must not run in the spreadsheet of who reads it.
 */
final class CsvWriter implements ExportWriter {
  private static final String HEADER =
      "index,id,recordedAt,decidedAt,kind,event,decision,decisionId,agentId,agentName,action,"
          + "resource,policy,policyRevision,rule,code,reason,surface,traceId,parentId,latencyUs,leaf";
  private static final String FORMULA = "=+-@\t\r\n";

  private final OutputStream out;
  private final StringBuilder line = new StringBuilder();

  CsvWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(ExportScope scope) throws IOException {
    line.append("# meshguard-export ").append(ExportJson.MAPPER.writeValueAsString(scope));
    flush();
    line.append(HEADER);
    flush();
  }

  @Override
  public void write(ExportEntry exported) throws IOException {
    LogEntry entry = exported.entry();
    EvidenceRecord fields = exported.fields();
    byte @Nullable [] record = entry.record();
    line.append(entry.index());
    cell(record == null ? null : EntryId.of(entry.index(), record).toString());
    cell(entry.appendedAt().toString());
    cell(fields.at());
    cell(fields.kind());
    cell(fields.event());
    cell(fields.decision());
    cell(fields.decisionId());
    cell(fields.agentId());
    cell(fields.agentName());
    cell(fields.action());
    JsonNode whole = record == null ? null : ExportJson.MAPPER.readTree(record);
    cell(fields.resource() == null ? json(whole, "resource") : fields.resource());
    cell(fields.policy());
    cell(fields.policyRevision() == null ? null : fields.policyRevision().toString());
    cell(fields.rule());
    cell(fields.code());
    cell(json(whole, "reason"));
    cell(fields.surface());
    cell(fields.traceId());
    cell(fields.parentId());
    cell(fields.latencyUs() == null ? null : fields.latencyUs().toString());
    cell(Base64.getEncoder().encodeToString(entry.leaf()));
    flush();
  }

  @Override
  public void end(ExportEnd end) throws IOException {
    line.append("# meshguard-export-end ").append(ExportJson.MAPPER.writeValueAsString(end));
    flush();
  }

  private static @Nullable String json(@Nullable JsonNode record, String key) {
    JsonNode value = record == null ? null : record.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private void cell(@Nullable String text) {
    line.append(',');
    if (text != null) {
      append(text);
    }
  }

  private void append(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    boolean quoted = formula;
    for (int i = 0; !quoted && i < text.length(); i++) {
      char c = text.charAt(i);
      quoted = c == '"' || c == ',' || c == ';' || c < ' ';
    }
    if (!quoted) {
      line.append(text);
      return;
    }
    line.append(formula ? "\"'" : "\"").append(text.replace("\"", "\"\"")).append('"');
  }

  private void flush() throws IOException {
    line.append("\r\n");
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    line.setLength(0);
  }
}
