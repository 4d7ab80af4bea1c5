/** The expression language of conditions: read once, evaluated to true, false or missing. */
@NullMarked
package app.meshguard.policy.condition;

import org.jspecify.annotations.NullMarked;
