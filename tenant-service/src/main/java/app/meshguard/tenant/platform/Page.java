package app.meshguard.tenant.platform;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list: how much is asked for, after which entry. */
public record Page(int limit, @Nullable String after) {
  public static final int MOST = 500;

  /** Reads the query parameters {@code limit} and {@code cursor}. */
  public static Page of(@Nullable String limit, @Nullable String cursor) {
    int count = 100;
    if (limit != null) {
      if (!limit.matches("[0-9]{1,3}")
          || Integer.parseInt(limit) < 1
          || Integer.parseInt(limit) > MOST) {
        throw RequestRefused.invalid("limit", "must be a whole number from 1 to " + MOST);
      }
      count = Integer.parseInt(limit);
    }
    // A cursor is the id of the last entry: one that is not this tenant's is found by nobody.
    if (cursor != null && !cursor.matches("[0-9A-Za-z_]{1,64}")) {
      throw RequestRefused.notFound("cursor");
    }
    return new Page(count, cursor);
  }

  /** The cursor of the next page, when {@code rows} (asked for with one more) has one. */
  public <T> @Nullable String next(List<T> rows, Function<T, String> id) {
    return rows.size() > limit ? id.apply(rows.get(limit - 1)) : null;
  }

  public <T> List<T> cut(List<T> rows) {
    return rows.size() > limit ? rows.subList(0, limit) : rows;
  }
}
