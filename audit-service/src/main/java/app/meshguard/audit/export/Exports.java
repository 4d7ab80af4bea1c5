package app.meshguard.audit.export;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;

/** Writes a tenant's log to a stream, page by page: memory does not grow with the log. */
@ApplicationScoped
class Exports {
  private static final int BUFFER = 64 << 10;

  private final ExportedEntries entries;
  private final Clock clock;

  @Inject
  Exports(ExportedEntries entries, Clock clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /**
   * What an export will hold: fixed before it begins, so that entries that come meanwhile are for
   * the next one.
   *
   * @param resume index of the last entry that the caller has, -1 for none
   */
  ExportScope scope(TenantId tenant, ExportFilter filter, long resume) {
    ExportedEntries.Extent extent = entries.extent(tenant);
    return new ExportScope(
        1,
        tenant,
        clock.instant().toString(),
        resume + 1,
        extent.lastIndex(),
        filter.isNone(),
        filter.text(),
        extent.logs());
  }

  void write(ExportScope scope, ExportFilter filter, ExportFormat format, OutputStream raw)
      throws IOException {
    OutputStream out = new BufferedOutputStream(raw, BUFFER);
    ExportWriter writer = format.writer(out, scope);
    EntryFields fields = new EntryFields(scope.tenantId());
    writer.begin(scope);
    long written = 0;
    long next = scope.firstIndex();
    while (next <= scope.lastIndex()) {
      List<LogEntry> page = entries.page(scope.tenantId(), next, scope.lastIndex());
      for (LogEntry entry : page) {
        if (entry.index() != next) {
          throw missing(next);
        }
        ExportEntry exported = new ExportEntry(entry, fields.of(entry));
        if (filter.matches(exported.fields())) {
          writer.write(exported);
          written++;
        }
        next++;
      }
      if (page.isEmpty()) {
        throw missing(next);
      }
    }
    writer.end(
        new ExportEnd(
            scope.firstIndex(),
            scope.lastIndex(),
            written,
            Math.max(scope.firstIndex() - 1, scope.lastIndex())));
    out.flush();
  }

  /** A file that has a gap must not look whole: it ends here, without its last line. */
  private static IllegalStateException missing(long index) {
    return new IllegalStateException("entry " + index + " is missing in the log");
  }
}
