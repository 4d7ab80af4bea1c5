package app.meshguard.audit;

import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A tenant's log with its payloads opened. */
@ApplicationScoped
public class OpenedLog {
  private final TenantLog log;
  private final LogEntries entries;

  @Inject
  OpenedLog(TenantLog log, LogEntries entries) {
    this.log = log;
    this.entries = entries;
  }

  public List<LogEntry> entries(TenantId tenant) {
    return log.read(tenant, connection -> entries.read(connection, tenant, 0, Long.MAX_VALUE));
  }

  /** The records that are not erased. */
  public List<String> records(TenantId tenant) {
    return entries(tenant).stream()
        .map(LogEntry::record)
        .filter(Objects::nonNull)
        .map(record -> new String(record, StandardCharsets.UTF_8))
        .toList();
  }
}
