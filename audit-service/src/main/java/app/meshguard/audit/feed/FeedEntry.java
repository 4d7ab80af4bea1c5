package app.meshguard.audit.feed;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;

/** An entry and whose it is; its batch and ordinal are the cursor to go on from. */
public record FeedEntry(TenantId tenant, LogEntry entry) {}
