package app.meshguard.audit.search;

import app.meshguard.audit.projection.ColumnReader;
import app.meshguard.audit.projection.EntryColumns;
import app.meshguard.audit.search.FoundPlaces.Place;
import app.meshguard.wire.TenantId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of entries, in the order that was asked for.
 *
 * @param next the cursor of the next page; null on the last one
 * @param previous the cursor of the page before; null on the first one
 * @param searchedTo how far was looked when the page is short although more may follow
 */
record AuditPage(
    List<AuditEntry> entries,
    @Schema(description = "Send it as cursor for the next page; null on the last page")
        @Nullable String next,
    @Schema(description = "Send it as cursor for the page before; null on the first page")
        @Nullable String previous,
    @Schema(
            description =
                "Set when looking ended at this moment, after 50,000 entries, with the page not"
                    + " full: follow next, or narrow the filter")
        @Nullable String searchedTo,
    @Schema(description = "How many match, when count=true asked") @Nullable EntryCount count) {
  AuditPage {
    entries = List.copyOf(entries);
  }

  /** Makes a page of what was found. */
  static AuditPage of(FoundPage found, EntrySearch search, TenantId tenant) {
    List<Place> places = found.places().places();
    boolean more = places.size() > search.limit();
    List<Place> page = more ? places.subList(0, search.limit()) : places;
    Place stopped = found.places().stoppedAt();
    // In the direction of reading: where it goes on, and where it came from.
    @Nullable Place onward = more ? page.getLast() : stopped;
    boolean back = search.turnsBack();
    @Nullable String toward = onward == null ? null : cursor(back, onward, search, tenant);
    Cursor came = search.cursor();
    @Nullable String behind =
        came == null
            ? null
            : page.isEmpty()
                ? new Cursor(!back, came.micros(), came.index()).text(tenant, search.scope())
                : cursor(!back, page.getFirst(), search, tenant);
    List<StoredEntry> entries =
        found.entries().stream()
            .filter(entry -> !more || entry.index() != places.getLast().index())
            .filter(entry -> holds(entry, search.filter()))
            .toList();
    return new AuditPage(
        (back ? entries.reversed() : entries)
            .stream().map(entry -> AuditEntry.of(entry.entry())).toList(),
        back ? behind : toward,
        back ? toward : behind,
        more || stopped == null ? null : stopped.decidedAt().toString(),
        found.count());
  }

  /** Hashes and the decision's id found it; the record itself tells. */
  private static boolean holds(StoredEntry entry, EntryFilter filter) {
    ApprovalId approval = filter.approval();
    if (filter.words().isEmpty() && approval == null) {
      return true;
    }
    byte[] record = entry.entry().record();
    if (record == null) {
      return false;
    }
    EntryColumns columns = ColumnReader.read(record, entry.entry().appendedAt());
    return columns.words().containsAll(filter.words())
        && (approval == null || approval.text().equals(columns.approvalId()));
  }

  private static String cursor(boolean back, Place at, EntrySearch search, TenantId tenant) {
    return Cursor.at(back, at.decidedAt(), at.index()).text(tenant, search.scope());
  }
}
