/** Recorded calls decided again: against a draft, and as things were when they were made. */
@NullMarked
package app.meshguard.tenant.impact;

import org.jspecify.annotations.NullMarked;
