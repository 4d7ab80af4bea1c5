package app.meshguard.decision.limit;

import app.meshguard.policy.LimitClaim;
import java.time.Duration;

/** What became of a {@link LimitRequest}. */
public sealed interface LimitResult {

  /** All are taken. */
  record Taken() implements LimitResult {}

  /**
   * None is taken.
   *
   * @param claim the limit that takes longest to have room again
   */
  record Exhausted(LimitClaim claim, Duration retryAfter) implements LimitResult {}

  /** The limits cannot be counted now: the caller must refuse. */
  record Unavailable() implements LimitResult {}
}
