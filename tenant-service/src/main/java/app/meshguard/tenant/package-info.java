/** The tenant service. */
@NullMarked
package app.meshguard.tenant;

import org.jspecify.annotations.NullMarked;
