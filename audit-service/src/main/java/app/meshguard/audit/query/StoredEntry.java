package app.meshguard.audit.query;

import java.time.Instant;

/** An entry as the log keeps it. */
record StoredEntry(long index, Instant appendedAt, Instant decidedAt, byte[] record) {}
