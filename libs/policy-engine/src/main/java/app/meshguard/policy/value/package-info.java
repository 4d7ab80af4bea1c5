/** The plain values that documents, conditions and calls speak of. */
@NullMarked
package app.meshguard.policy.value;

import org.jspecify.annotations.NullMarked;
