/** The migrate command of every service. */
@NullMarked
package app.meshguard.migration;

import org.jspecify.annotations.NullMarked;
