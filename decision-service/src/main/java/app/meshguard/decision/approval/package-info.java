/** Names calls that wait for a human, so that every replica knows them without having kept them. */
@NullMarked
package app.meshguard.decision.approval;

import org.jspecify.annotations.NullMarked;
