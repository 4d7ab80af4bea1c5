package app.meshguard.audit.export;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;

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
    DeletedLeaves deleted = entries.deleted(scope);
    writer.begin(scope);
    long written = 0;
    long next = scope.firstIndex();
    while (next <= scope.lastIndex()) {
      long before = Math.min(scope.lastIndex() + 1, next + ExportedEntries.PAGE);
      for (LogEntry entry : entries.page(scope.tenantId(), next, before)) {
        next = writeDeleted(writer, deleted, scope, next, entry.index());
        ExportEntry exported = new ExportEntry(entry, fields.of(entry));
        if (filter.matches(exported.fields())) {
          writer.write(exported);
          written++;
        }
        next++;
      }
      next = writeDeleted(writer, deleted, scope, next, before);
    }
    writer.end(
        new ExportEnd(
            scope.firstIndex(),
            scope.lastIndex(),
            written,
            Math.max(scope.firstIndex() - 1, scope.lastIndex())));
    out.flush();
  }

  /** Fills the gap up to an index: no filter matches what is no longer there. */
  private static long writeDeleted(
      ExportWriter writer, DeletedLeaves deleted, ExportScope scope, long from, long before)
      throws IOException {
    for (long index = from; scope.complete() && index < before; index++) {
      writer.writeDeleted(index, deleted.hash(index));
    }
    return before;
  }
}
