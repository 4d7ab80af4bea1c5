package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;

/**
 * The body of {@code POST /internal/feed/ack}: what a replica decides with from now on.
 *
 * @param replica the id that the replica subscribed with
 */
public record FeedAck(
    String replica, TenantId tenantId, long policies, long directory, long revocations) {}
