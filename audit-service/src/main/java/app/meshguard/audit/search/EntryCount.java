package app.meshguard.audit.search;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many entries match. */
record EntryCount(
    long value,
    @Schema(description = "false when only the first 50,000 were looked at: there may be more")
        boolean exact) {}
