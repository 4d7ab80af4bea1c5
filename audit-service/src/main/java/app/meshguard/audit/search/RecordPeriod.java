package app.meshguard.audit.search;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.wire.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a tenant's decisions are to be replayed.
 *
 * @param from the first moment that counts
 * @param to the first moment that does not
 * @param after where the page before this one ended
 * @param limit the longest page that is wanted
 */
record RecordPeriod(Instant from, Instant to, @Nullable Cursor after, int limit) {
  static final int MOST = 2_000;
  static final int USUAL = 500;
  static final String SCOPE = "records";
  private static final Set<String> NAMES = Set.of("from", "to", "cursor", "limit");

  /** Reads a period, or refuses the request with all that is wrong in it. */
  static RecordPeriod read(Map<String, List<String>> query, TenantId tenant) {
    QueryParameters parameters = new QueryParameters(query, NAMES);
    Instant from = parameters.required("from", parameters.from("from"));
    Instant to = parameters.required("to", parameters.to("to"));
    if (from != null && to != null && !from.isBefore(to)) {
      parameters.fault("from", "is not before to.");
    }
    Cursor after = Cursor.read(parameters, tenant, SCOPE);
    int limit = parameters.number("limit", 1, MOST, USUAL);
    parameters.check();
    if (from == null || to == null) {
      throw new IllegalStateException("a missing end of the period is a fault");
    }
    return new RecordPeriod(from, to, after, limit);
  }

  /** The first place that counts: right after the page before, or where the period begins. */
  Cursor start() {
    return after == null || after.decidedAt().isBefore(from)
        ? Cursor.at(from, 0)
        : new Cursor(false, after.micros(), after.index() + 1);
  }
}
