package app.meshguard.audit.search;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.search.FoundPlaces.Place;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places of one page. An index leads; what it leaves is looked at in windows that grow,
 * and at most {@link #MOST_LOOKED_AT} entries in all: whatever is asked costs little, and a page
 * that is short for that reason says where to go on. Words that are rare are asked of their own
 * index as soon as a look at the newest entries has not filled the page.
 */
final class PlaceFinder {
  private static final List<Integer> WINDOWS = List.of(500, 4_500, 45_000);
  static final int MOST_LOOKED_AT = 50_000;
  private static final String COLUMNS =
      "idx, appended_at, decided_at, decision_id, agent_id, agent_name, trace_id, kind, decision,"
          + " action, resource, policy, rule, code, surface, event, latency_us, words";

  private final SqlConnection connection;
  private final TenantId tenant;
  private final EntrySearch search;
  private final List<String> agentIds;
  private final List<Long[]> words;
  private final @Nullable WordPlaces wordPlaces;

  PlaceFinder(
      SqlConnection connection,
      TenantId tenant,
      EntrySearch search,
      List<String> agentIds,
      List<Long[]> words,
      @Nullable WordPlaces wordPlaces) {
    this.connection = connection;
    this.tenant = tenant;
    this.search = search;
    this.agentIds = agentIds;
    this.words = words;
    this.wordPlaces = wordPlaces;
  }

  /** One place more than the limit when there is more. */
  FoundPlaces find() {
    List<Place> found = new ArrayList<>();
    @Nullable Place from = null;
    for (int window : WINDOWS) {
      if (window != WINDOWS.getFirst() && wordPlaces != null) {
        List<Place> candidates = wordPlaces.of(tenant, search, words);
        if (candidates.size() <= WordPlaces.MOST) {
          return new FoundPlaces(among(candidates), null);
        }
      }
      Window looked = look(from, window, search.limit() + 1 - found.size());
      found.addAll(looked.found());
      from = looked.end();
      if (found.size() > search.limit() || from == null) {
        return new FoundPlaces(found, null);
      }
    }
    return new FoundPlaces(found, from);
  }

  /**
   * What one window held.
   *
   * @param end its last entry, when it was full
   */
  private record Window(List<Place> found, @Nullable Place end) {}

  private Window look(@Nullable Place from, int size, int wanted) {
    EntryConditions conditions = new EntryConditions(tenant, search.filter(), agentIds, words);
    beyond(conditions, from);
    boolean nothingToLookAt = conditions.rest().equals("true");
    int rows = nothingToLookAt ? Math.min(size, wanted) : size;
    String order = order(search.readsDown());
    String sql =
        "WITH looked AS MATERIALIZED ("
            + window(conditions, order, rows)
            + ") (SELECT idx, appended_at, decided_at, -1::bigint FROM looked WHERE "
            + conditions.rest()
            + order
            + " LIMIT "
            + wanted
            + ") UNION ALL (SELECT idx, appended_at, decided_at, (SELECT count(*) FROM looked)"
            + " FROM looked"
            + order(!search.readsDown())
            + " LIMIT 1)";
    List<Place> found = new ArrayList<>();
    @Nullable Place end = null;
    for (Row row : await(connection.preparedQuery(sql).execute(conditions.parameters()))) {
      Place place = place(row);
      if (row.getLong(3) < 0) {
        found.add(place);
      } else if (row.getLong(3) >= rows) {
        end = place;
      }
    }
    return new Window(found, end);
  }

  /** How many match, as far as a bounded look can tell. */
  EntryCount count() {
    if (wordPlaces != null) {
      List<Place> candidates = wordPlaces.of(tenant, withoutCursor(), words);
      if (candidates.size() <= WordPlaces.MOST) {
        return new EntryCount(countAmong(candidates), true);
      }
    }
    EntryConditions conditions = new EntryConditions(tenant, search.filter(), agentIds, words);
    String sql =
        "WITH looked AS MATERIALIZED ("
            + window(conditions, order(true), MOST_LOOKED_AT + 1)
            + ") SELECT count(*) FILTER (WHERE "
            + conditions.rest()
            + "), count(*) FROM looked";
    Row row =
        await(connection.preparedQuery(sql).execute(conditions.parameters())).iterator().next();
    return new EntryCount(row.getLong(0), row.getLong(1) <= MOST_LOOKED_AT);
  }

  private EntrySearch withoutCursor() {
    return new EntrySearch(
        search.filter(), search.limit(), search.newestFirst(), search.count(), null);
  }

  private static String window(EntryConditions conditions, String order, int rows) {
    String tail = order + " LIMIT " + rows;
    if (conditions.agents() == null) {
      return "SELECT " + COLUMNS + " FROM search WHERE " + conditions.indexed() + tail;
    }
    // The newest of each id by the index, then the newest of those.
    return "SELECT "
        + COLUMNS
        + " FROM unnest("
        + conditions.agents()
        + "::text[]) AS wanted (agent) CROSS JOIN LATERAL (SELECT "
        + COLUMNS
        + " FROM search WHERE agent_id = wanted.agent AND "
        + conditions.indexed()
        + tail
        + ") AS of_agent"
        + tail;
  }

  private List<Place> among(List<Place> candidates) {
    EntryConditions conditions = new EntryConditions(tenant, search.filter(), agentIds, words);
    beyond(conditions, null);
    String sql =
        "SELECT idx, appended_at, decided_at"
            + fromCandidates(conditions, candidates)
            + order(search.readsDown())
            + " LIMIT "
            + (search.limit() + 1);
    List<Place> found = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(sql).execute(conditions.parameters()))) {
      found.add(place(row));
    }
    return found;
  }

  private long countAmong(List<Place> candidates) {
    EntryConditions conditions = new EntryConditions(tenant, search.filter(), agentIds, words);
    String sql = "SELECT count(*)" + fromCandidates(conditions, candidates);
    RowSet<Row> counted = await(connection.preparedQuery(sql).execute(conditions.parameters()));
    return counted.iterator().next().getLong(0);
  }

  private static String fromCandidates(EntryConditions conditions, List<Place> candidates) {
    String times =
        conditions.next(
            candidates.stream()
                .map(place -> place.decidedAt().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
    String indexes = conditions.next(candidates.stream().map(Place::index).toArray(Long[]::new));
    return " FROM search WHERE (decided_at, idx) IN (SELECT * FROM unnest("
        + times
        + "::timestamptz[], "
        + indexes
        + "::bigint[])) AND "
        + conditions.indexed()
        + " AND "
        + conditions.rest()
        + (conditions.agents() == null
            ? ""
            : " AND agent_id = ANY (" + conditions.agents() + "::text[])");
  }

  private void beyond(EntryConditions conditions, @Nullable Place from) {
    Cursor cursor = search.cursor();
    if (from != null) {
      conditions.beyond(from.decidedAt(), from.index(), search.readsDown());
    } else if (cursor != null) {
      conditions.beyond(cursor.decidedAt(), cursor.index(), search.readsDown());
    }
  }

  private static String order(boolean down) {
    return down ? " ORDER BY decided_at DESC, idx DESC" : " ORDER BY decided_at, idx";
  }

  static Place place(Row row) {
    return new Place(
        row.getLong(0), row.getOffsetDateTime(1).toInstant(), row.getOffsetDateTime(2).toInstant());
  }
}
