/** What a tenant sets for itself. */
@NullMarked
package app.meshguard.tenant.settings;

import org.jspecify.annotations.NullMarked;
