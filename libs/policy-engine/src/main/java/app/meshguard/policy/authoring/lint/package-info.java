/** What looks wrong in policies that can be read: rules without effect, slips and surprises. */
@NullMarked
package app.meshguard.policy.authoring.lint;

import org.jspecify.annotations.NullMarked;
