package app.meshguard.wire.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What the audit-service has committed of a journal: the answer of {@code POST /internal/evidence}
 * and of {@code PUT /internal/evidence/journals/{journal}}.
 *
 * @param journal UUID of the journal
 * @param position the last committed position, 0 when there is none
 * @param hash lower-case hex SHA-256 of the record at that position; absent at position 0
 */
public record JournalPosition(String journal, long position, @Nullable String hash) {}
