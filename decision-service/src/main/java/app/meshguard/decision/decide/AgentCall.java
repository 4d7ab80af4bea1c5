package app.meshguard.decision.decide;

import app.meshguard.decision.credential.Identification;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A question whether an agent may do a thing.
 *
 * @param who calls, as far as we know
 * @param resource a text, or a map with {@code id}, {@code type} and attributes
 * @param explain whether the whole trace is wanted
 * @param home the event loop that the decision is answered on
 * @param startedAt when the request came, {@link System#nanoTime()}
 */
public record AgentCall(
    Identification who,
    String action,
    @Nullable Object resource,
    Map<String, Object> context,
    String traceId,
    Surface surface,
    boolean explain,
    Executor home,
    long startedAt) {}
