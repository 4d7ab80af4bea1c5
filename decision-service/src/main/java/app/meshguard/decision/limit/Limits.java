package app.meshguard.decision.limit;

import java.util.concurrent.CompletableFuture;

/** Takes limits. */
public interface Limits {

  /** Completes on any thread, and never exceptionally. */
  CompletableFuture<LimitResult> take(LimitRequest request);
}
