package app.meshguard.decision.limit;

import app.meshguard.policy.LimitClaim;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a {@link LimitRequest}. */
public sealed interface LimitResult {

  /** All are taken. */
  record Taken() implements LimitResult {}

  /**
   * None is taken.
   *
   * @param claim the limit that takes longest to have room again
   * @param retryAfter null when it never will: the call takes more than all that there is
   */
  record Exhausted(LimitClaim claim, @Nullable Duration retryAfter) implements LimitResult {}

  /** The limits cannot be counted now: the caller must refuse. */
  record Unavailable() implements LimitResult {}
}
