package app.meshguard.audit.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tenant's log. The arrays are not copied: nobody changes them.
 *
 * @param leaf what is hashed into the tree
 * @param record the record as it came; null once it was erased, or when it is damaged
 * @param damaged the stored payload is not what the leaf commits to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: read and passed on
public record LogEntry(
    long index,
    Instant appendedAt,
    long batch,
    int ordinal,
    byte[] leaf,
    byte @Nullable [] record,
    boolean damaged) {}
