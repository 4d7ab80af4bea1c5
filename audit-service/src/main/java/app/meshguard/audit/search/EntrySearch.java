package app.meshguard.audit.search;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.wire.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page that is asked for.
 *
 * @param limit the longest page that is wanted
 * @param newestFirst the order of the page, whichever way is turned
 * @param count whether to say how many match
 * @param cursor where another page began or ended
 */
record EntrySearch(
    EntryFilter filter, int limit, boolean newestFirst, boolean count, @Nullable Cursor cursor) {
  static final int MOST = 500;
  static final int USUAL = 50;
  private static final Set<String> NAMES = names();

  /** Reads a search, or refuses the request with all that is wrong in it. */
  static EntrySearch read(Map<String, List<String>> query, TenantId tenant) {
    QueryParameters parameters = new QueryParameters(query, NAMES);
    EntryFilter filter = EntryFilter.read(parameters);
    int limit = parameters.number("limit", 1, MOST, USUAL);
    String order = parameters.oneOf("order", List.of("desc", "asc"));
    String count = parameters.oneOf("count", List.of("true", "false"));
    EntrySearch search =
        new EntrySearch(filter, limit, !"asc".equals(order), "true".equals(count), null);
    @Nullable Cursor cursor = Cursor.read(parameters, tenant, search.scope());
    parameters.check();
    return new EntrySearch(filter, limit, search.newestFirst, search.count, cursor);
  }

  /** What a cursor is good for besides its tenant: this filter in this order. */
  String scope() {
    return (newestFirst ? "desc " : "asc ") + filter;
  }

  /** Whether entries are read from the newer to the older: paging back reads against the order. */
  boolean readsDown() {
    return newestFirst != turnsBack();
  }

  boolean turnsBack() {
    return cursor != null && cursor.back();
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>(EntryFilter.NAMES);
    names.addAll(Set.of("limit", "order", "count", "cursor"));
    return Set.copyOf(names);
  }
}
