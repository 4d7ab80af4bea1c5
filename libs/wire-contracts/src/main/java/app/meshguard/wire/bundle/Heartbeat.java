package app.meshguard.wire.bundle;

/**
 * The data of a {@code heartbeat} event on {@code GET /internal/feed}, every 250 ms.
 *
 * @param at milliseconds since the epoch at the tenant-service
 * @param keys version of the published JWKS; when it changes, the replica fetches the JWKS anew
 */
public record Heartbeat(long at, String keys) {}
