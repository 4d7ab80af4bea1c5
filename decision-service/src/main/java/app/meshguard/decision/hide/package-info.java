/** Takes out of a target's JSON answer what the decision says its caller may not see. */
@NullMarked
package app.meshguard.decision.hide;

import org.jspecify.annotations.NullMarked;
