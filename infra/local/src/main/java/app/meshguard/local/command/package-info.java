/** The commands of {@code ./meshguard}. */
@NullMarked
package app.meshguard.local.command;

import org.jspecify.annotations.NullMarked;
