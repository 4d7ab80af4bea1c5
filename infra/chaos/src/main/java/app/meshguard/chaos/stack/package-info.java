/** A stack whose processes can be killed, paused and cut off from each other. */
@NullMarked
package app.meshguard.chaos.stack;

import org.jspecify.annotations.NullMarked;
