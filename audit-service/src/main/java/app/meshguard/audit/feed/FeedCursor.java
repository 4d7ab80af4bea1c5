package app.meshguard.audit.feed;

import java.util.Optional;

/** A place in the feed: the entry that was read last. */
record FeedCursor(long batch, int ordinal) {
  static final FeedCursor START = new FeedCursor(0, 0);

  /** Reads what {@link #toString} wrote. */
  static Optional<FeedCursor> parse(String text) {
    int dot = text.indexOf('.');
    try {
      FeedCursor cursor =
          new FeedCursor(
              Long.parseLong(text.substring(0, Math.max(0, dot))),
              Integer.parseInt(text.substring(dot + 1)));
      return cursor.toString().equals(text) && cursor.batch >= 0 && cursor.ordinal >= 0
          ? Optional.of(cursor)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return batch + "." + ordinal;
  }
}
