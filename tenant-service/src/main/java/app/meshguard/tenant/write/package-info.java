/** The one way of a management write: serialised, idempotent, versioned, announced, and awaited. */
@NullMarked
package app.meshguard.tenant.write;

import org.jspecify.annotations.NullMarked;
