package app.meshguard.decision.limit;

import java.util.concurrent.CompletableFuture;

/**
 * Gives back what was taken of budgets. What nobody gives back stays taken: a replica that dies
 * between the two spends too much of a budget, never too little.
 */
public interface Refunds {

  /** Completes on any thread, and never exceptionally: with whether it was given back. */
  CompletableFuture<Boolean> refund(LimitRequest request);
}
