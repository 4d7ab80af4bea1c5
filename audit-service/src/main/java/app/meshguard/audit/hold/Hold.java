package app.meshguard.audit.hold;

import app.meshguard.audit.subject.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold: what all of its criteria cover is neither deleted nor erased until it is lifted.
 *
 * @param id {@code hld_…}
 * @param scope what it covers
 * @param reason why, in the words of who placed it
 * @param placedBy the admin token's id
 */
public record Hold(
    String id,
    Scope scope,
    String reason,
    String placedBy,
    Instant placedAt,
    @Nullable Lifted lifted) {

  /**
   * What a hold covers: entries to which every criterion that is given applies; the whole log when
   * none is.
   *
   * @param from the first moment, of when it happened, that is covered
   * @param to the first moment that is not
   */
  public record Scope(
      @Nullable String agentId,
      @Nullable String traceId,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Subject subject) {

    /** Whether every entry of the tenant is covered, those of tomorrow too. */
    public boolean isWholeTenant() {
      return agentId == null && traceId == null && from == null && to == null && subject == null;
    }

    /** What is not known of an entry counts as covered: a hold never lets go for want of a fact. */
    boolean covers(EntryFacts entry, List<byte[]> subjectKeys) {
      Instant at = entry.at();
      if (at != null && (from != null && at.isBefore(from) || to != null && !at.isBefore(to))) {
        return false;
      }
      if (agentId != null && !entry.agents().contains(agentId) && entry.record().isObject()) {
        return false;
      }
      if (entry.erased()) {
        return agentId == null || entry.agents().isEmpty() || entry.agents().contains(agentId);
      }
      if (traceId != null && !traceId.equals(entry.traceId())) {
        return false;
      }
      return subject == null || subject.isIn(entry.record(), subjectKeys);
    }
  }

  /** How a hold ended. */
  public record Lifted(String by, Instant at, String reason) {}

  /** Whether it stops deletion and erasure of this entry. */
  public boolean covers(EntryFacts entry, List<byte[]> subjectKeys) {
    return lifted == null && scope.covers(entry, subjectKeys);
  }
}
