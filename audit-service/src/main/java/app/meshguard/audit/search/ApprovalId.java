package app.meshguard.audit.search;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an approval, which begins with the ULID of its decision: the entry is found by the
 * moment that the ULID tells, without an index of its own.
 *
 * @param decidedAt in milliseconds
 */
record ApprovalId(String text, String decisionId, Instant decidedAt) {
  private static final Pattern FORM =
      Pattern.compile("apr_([0-7][0-9A-HJKMNP-TV-Z]{25})_[0-9A-Za-z_-]{1,4000}");
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_DIGITS = 10;
  private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  /** Reads an id; empty when it has not the form of one. */
  static Optional<ApprovalId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String ulid = parts.group(1);
    long millis = 0;
    for (int i = 0; i < TIME_DIGITS; i++) {
      millis = millis << 5 | DIGITS.indexOf(ulid.charAt(i));
    }
    return millis < LATEST
        ? Optional.of(new ApprovalId(text, "dec_" + ulid, Instant.ofEpochMilli(millis)))
        : Optional.empty();
  }
}
