package app.meshguard.decision.evidence;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment says when it was made and which position it begins with.
 *
 * <p>INVARIANT: a segment is made only when all positions below its first are forced, so its name
 * alone proves them; and what an older segment holds at or above that position counts no more.
 *
 * @param sequence counts the segments of the journal, from 1
 * @param firstPosition the position of the segment's first record
 */
record SegmentName(long sequence, long firstPosition) implements Comparable<SegmentName> {
  private static final Pattern FORM = Pattern.compile("segment-(\\d{10})-(\\d{19})");

  static boolean isOne(String name) {
    return FORM.matcher(name).matches();
  }

  static SegmentName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the name of a segment: " + name);
    }
    return new SegmentName(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  SegmentName next(long position) {
    return new SegmentName(sequence + 1, position);
  }

  @Override
  public int compareTo(SegmentName other) {
    return Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "segment-%010d-%019d", sequence, firstPosition);
  }
}
