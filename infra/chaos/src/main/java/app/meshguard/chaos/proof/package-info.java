/** Holds what callers were told against what the audit log says. */
@NullMarked
package app.meshguard.chaos.proof;

import org.jspecify.annotations.NullMarked;
