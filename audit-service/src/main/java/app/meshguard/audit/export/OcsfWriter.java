package app.meshguard.audit.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** One OCSF event a line, between two objects that are MeshGuard's. */
final class OcsfWriter implements ExportWriter {
  private final OutputStream out;
  private final OcsfEvent event;

  OcsfWriter(OutputStream out, ExportScope scope) {
    this.out = out;
    this.event = new OcsfEvent(scope.tenantId());
  }

  @Override
  public void begin(ExportScope scope) throws IOException {
    line(Map.of("export", scope));
  }

  @Override
  public void write(ExportEntry entry) throws IOException {
    line(event.of(entry));
  }

  @Override
  public void end(ExportEnd end) throws IOException {
    line(Map.of("end", end));
  }

  private void line(Object value) throws IOException {
    out.write(ExportJson.MAPPER.writeValueAsBytes(value));
    out.write('\n');
  }
}
