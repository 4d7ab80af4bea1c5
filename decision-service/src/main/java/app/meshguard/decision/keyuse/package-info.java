/** Tells the tenant-service when API keys were last used. */
@NullMarked
package app.meshguard.decision.keyuse;

import org.jspecify.annotations.NullMarked;
