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
 * @param parentId what caused the call: the id of an entry, or a span of W3C trace context
 * @param explain whether the whole trace is wanted
 * @param receipt whether a receipt of its record is wanted
 * @param home the event loop that the decision is answered on
 * @param startedAt when the request came, {@link System#nanoTime()}
 */
public record AgentCall(
    Identification who,
    String action,
    @Nullable Object resource,
    Map<String, Object> context,
    String traceId,
    @Nullable String parentId,
    Surface surface,
    boolean explain,
    boolean receipt,
    Executor home,
    long startedAt) {}
