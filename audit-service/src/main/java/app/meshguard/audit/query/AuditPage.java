package app.meshguard.audit.query;

import app.meshguard.wire.TenantId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of entries, newest first.
 *
 * @param next the cursor of the next page; null on the last one
 */
record AuditPage(
    List<AuditEntry> entries,
    @Schema(description = "Send it as cursor for the next page; null on the last page")
        @Nullable String next) {
  AuditPage {
    entries = List.copyOf(entries);
  }

  /**
   * Makes a page of what was found.
   *
   * @param found one entry more than {@code limit} when there is a next page
   */
  static AuditPage of(List<StoredEntry> found, int limit, TenantId tenant) {
    boolean more = found.size() > limit;
    List<StoredEntry> page = more ? found.subList(0, limit) : found;
    return new AuditPage(
        page.stream().map(AuditEntry::of).toList(),
        more ? Cursor.at(page.getLast().decidedAt(), page.getLast().index()).text(tenant) : null);
  }
}
