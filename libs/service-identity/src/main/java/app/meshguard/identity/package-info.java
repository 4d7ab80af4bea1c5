/** How one service proves to another who it is, and how deployment secrets are sealed at rest. */
@NullMarked
package app.meshguard.identity;

import org.jspecify.annotations.NullMarked;
