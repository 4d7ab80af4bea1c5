package app.meshguard.audit.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found of a page, one entry more than the limit when there is more. */
record FoundPage(FoundPlaces places, List<StoredEntry> entries, @Nullable EntryCount count) {
  FoundPage {
    entries = List.copyOf(entries);
  }
}
