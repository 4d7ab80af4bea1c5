/**
 * Brings the journal to the audit-service: in order, without a gap, and for as long as it takes.
 */
@NullMarked
package app.meshguard.decision.shipping;

import org.jspecify.annotations.NullMarked;
