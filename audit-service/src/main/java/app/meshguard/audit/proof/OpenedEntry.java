package app.meshguard.audit.proof;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry with all that its leaf commits to. */
record OpenedEntry(
    long index,
    @Schema(description = "The exact bytes that are hashed into the tree, base64") String leaf,
    @Schema(
            description =
                "Stands before the record in the leaf's commitment, base64; null when the leaf is"
                    + " the record, or the record was erased")
        @Nullable String salt,
    @Schema(description = "The exact bytes of the record, base64; null once it was erased")
        @Nullable String record,
    @Schema(
            description =
                "Whether what is stored is not what the leaf commits to: it was changed in the"
                    + " database, and there is no record to show")
        boolean damaged) {}
