/** Sends a tenant's entries to whoever listens, as they are appended. */
@NullMarked
package app.meshguard.audit.stream;

import org.jspecify.annotations.NullMarked;
