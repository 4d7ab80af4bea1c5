package app.meshguard.tenant.impact;

import app.meshguard.tenant.platform.RequestObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which calls are replayed, and against what. */
@Schema(name = "ReplayCalls")
record ImpactRequest(
    @Schema(description = "YAML: replayed as if these were applied") @Nullable String policies,
    @Schema(description = "names of policies in force: replayed as if these were deleted")
        List<String> remove,
    @Schema(description = "RFC 3339; seven days before the end by default") Instant from,
    @Schema(description = "RFC 3339; now by default") Instant to,
    @Schema(minimum = "1", maximum = "1000000", defaultValue = "10000") Integer limit) {
  private static final int MOST_TEXT = 1_000_000;
  private static final int USUAL = 10_000;
  private static final int MOST = 1_000_000;
  private static final Duration USUAL_PERIOD = Duration.ofDays(7);

  static ImpactRequest read(RequestObject json, Instant now) {
    String policies = json.document("policies", MOST_TEXT);
    List<String> remove = json.texts("remove", 1_000, 128);
    Instant end = json.time("to");
    Instant to = end == null ? now : end;
    Instant start = json.time("from");
    Instant from = start == null ? to.minus(USUAL_PERIOD) : start;
    Integer limit = json.number("limit", 1, MOST);
    if (policies == null && remove.isEmpty()) {
      json.fault("policies", "is required: the draft as YAML, or else remove: names of policies");
    }
    if (!from.isBefore(to)) {
      json.fault("from", "must lie before to");
    }
    json.done();
    return new ImpactRequest(policies, remove, from, to, limit == null ? USUAL : limit);
  }
}
