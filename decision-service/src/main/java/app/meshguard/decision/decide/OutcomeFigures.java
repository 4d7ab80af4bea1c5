package app.meshguard.decision.decide;

import org.jspecify.annotations.Nullable;

/**
 * How a call that was let through ended.
 *
 * @param failure why the target gave no whole answer, or null
 * @param status what the agent was answered
 * @param responseSha256 of the body that the agent was sent, in hex; null where it was not whole
 * @param refunded whether what it took of budgets was given back; null where nothing was to give
 */
public record OutcomeFigures(
    long durationMs,
    @Nullable String failure,
    long requestBytes,
    long responseBytes,
    @Nullable String responseSha256,
    int status,
    @Nullable Boolean refunded) {

  public OutcomeFigures(
      long durationMs,
      @Nullable String failure,
      long requestBytes,
      long responseBytes,
      @Nullable String responseSha256,
      int status) {
    this(durationMs, failure, requestBytes, responseBytes, responseSha256, status, null);
  }

  OutcomeFigures refunded(boolean given) {
    return new OutcomeFigures(
        durationMs, failure, requestBytes, responseBytes, responseSha256, status, given);
  }
}
