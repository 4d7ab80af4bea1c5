/** Callers and administrators that never stop. */
@NullMarked
package app.meshguard.chaos.load;

import org.jspecify.annotations.NullMarked;
