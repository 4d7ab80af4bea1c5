/** Legal holds, and the one way by which entries are destroyed: past every hold. */
@NullMarked
package app.meshguard.audit.hold;

import org.jspecify.annotations.NullMarked;
