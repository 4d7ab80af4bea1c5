/** What helps an author: policies tested by cases, compared, linted and shown as permissions. */
@NullMarked
package app.meshguard.policy.authoring;

import org.jspecify.annotations.NullMarked;
