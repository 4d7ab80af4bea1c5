/** Action patterns: what they match, which of two is narrower, and how to find those that match. */
@NullMarked
package app.meshguard.policy.pattern;

import org.jspecify.annotations.NullMarked;
