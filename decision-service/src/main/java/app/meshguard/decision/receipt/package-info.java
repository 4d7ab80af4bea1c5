/** Receipts: signed statements that a record is in this replica's journal, for who asks. */
@NullMarked
package app.meshguard.decision.receipt;

import org.jspecify.annotations.NullMarked;
