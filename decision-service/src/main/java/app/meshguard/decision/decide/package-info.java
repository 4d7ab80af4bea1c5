/** The one kernel: every surface decides here, so that none can decide otherwise. */
@NullMarked
package app.meshguard.decision.decide;

import org.jspecify.annotations.NullMarked;
