/** Whether this replica can decide safely, and what it is. */
@NullMarked
package app.meshguard.decision.health;

import org.jspecify.annotations.NullMarked;
