/** What became of a call that an agent made itself, after it was allowed. */
@NullMarked
package app.meshguard.decision.outcome;

import org.jspecify.annotations.NullMarked;
