package app.meshguard.audit.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was recorded.
 *
 * @param decision the exact record
 * @param outcome the exact record of what became of it; the first, where there are several
 */
record FoundDecision(
    RawJson decision, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson outcome) {}
