/** Sends a tenant's log on to its own SIEM, each entry at least once and in order. */
@NullMarked
package app.meshguard.audit.siem;

import org.jspecify.annotations.NullMarked;
