package app.meshguard.audit.tree;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tile: its level and its number within the level, as tlog-tiles counts them. */
public record TileId(int level, long number) implements Comparable<TileId> {
  /** The hashes of a full tile. */
  public static final int WIDTH = 256;

  private static final Comparator<TileId> ORDER =
      Comparator.comparingInt(TileId::level).thenComparingLong(TileId::number);
  private static final Pattern NUMBER = Pattern.compile("(?:x[0-9]{3}/){0,5}[0-9]{3}");
  private static final Pattern PARTIAL = Pattern.compile("(.*)\\.p/([1-9][0-9]{0,2})");

  /** The number and the width of a tile as a path names them. */
  public record Numbered(long number, int width) {}

  /** How many hashes this tile has in a tree of this size; 0 when it has none. */
  public int width(long size) {
    long there = size >>> (8 * level);
    return (int) Math.clamp(there - number * WIDTH, 0, WIDTH);
  }

  /** The path of a number: {@code x001/x234/067}. */
  static String path(long number) {
    String last = "%03d".formatted(number % 1000);
    StringBuilder path = new StringBuilder(last);
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return path.toString();
  }

  /** Reads {@code <N>[.p/<W>]}; empty when it is not spelled as tlog-tiles spells it. */
  public static Optional<Numbered> parse(String path) {
    Matcher partial = PARTIAL.matcher(path);
    boolean isPartial = partial.matches();
    String number = isPartial ? partial.group(1) : path;
    int width = isPartial ? Integer.parseInt(partial.group(2)) : WIDTH;
    if (!NUMBER.matcher(number).matches() || (isPartial && width >= WIDTH)) {
      return Optional.empty();
    }
    long n = Long.parseLong(number.replace("x", "").replace("/", ""));
    return path(n).equals(number) ? Optional.of(new Numbered(n, width)) : Optional.empty();
  }

  @Override
  public int compareTo(TileId other) {
    return ORDER.compare(this, other);
  }
}
