package app.meshguard.audit.report;

import app.meshguard.audit.platform.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a report is about.
 *
 * @param from the first moment that counts
 * @param to the first moment that does not
 */
record ReportPeriod(Instant from, Instant to) {
  private static final Duration USUAL = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(3_660);

  /** Reads a period, the last thirty days unless it says another. */
  static ReportPeriod read(Map<String, List<String>> query, Instant now) {
    QueryParameters parameters = new QueryParameters(query, Set.of("from", "to"));
    Instant from = parameters.from("from");
    Instant to = parameters.to("to");
    // What happened in this very microsecond counts too.
    Instant end = to == null ? now.truncatedTo(ChronoUnit.MICROS).plusNanos(1_000) : to;
    Instant start = from == null ? end.minus(USUAL) : from;
    if (!start.isBefore(end)) {
      parameters.fault("from", "is not before to.");
    } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      parameters.fault("from", "is more than ten years before to.");
    }
    parameters.check();
    return new ReportPeriod(start, end);
  }

  /** The search that finds the entries of this period to which the parameters apply. */
  String entries(Map<String, String> parameters) {
    StringBuilder url = new StringBuilder("/admin/audit?");
    parameters.forEach(
        (name, value) -> url.append(name).append('=').append(coded(value)).append('&'));
    return url.append("from=")
        .append(coded(from.toString()))
        .append("&to=")
        .append(coded(to.toString()))
        .toString();
  }

  private static String coded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
