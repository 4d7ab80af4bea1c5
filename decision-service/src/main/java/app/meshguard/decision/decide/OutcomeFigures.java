package app.meshguard.decision.decide;

import org.jspecify.annotations.Nullable;

/**
 * How a call that was let through ended.
 *
 * @param failure why the target gave no whole answer, or null
 * @param status what the agent was answered
 */
public record OutcomeFigures(
    long durationMs, @Nullable String failure, long requestBytes, long responseBytes, int status) {}
