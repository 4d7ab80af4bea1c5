/** The decision service. */
@NullMarked
package app.meshguard.decision;

import org.jspecify.annotations.NullMarked;
