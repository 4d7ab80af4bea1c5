/** What a draft would have changed: recorded calls replayed against it. */
@NullMarked
package app.meshguard.tenant.impact;

import org.jspecify.annotations.NullMarked;
