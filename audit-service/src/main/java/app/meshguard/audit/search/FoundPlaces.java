package app.meshguard.audit.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a page stand, in the order that they were read in.
 *
 * @param stoppedAt where looking ended before the page was full; null when all was looked at
 */
record FoundPlaces(List<Place> places, @Nullable Place stoppedAt) {
  /** Where an entry stands in search and in the log. */
  record Place(long index, Instant appendedAt, Instant decidedAt) {}

  FoundPlaces {
    places = List.copyOf(places);
  }
}
