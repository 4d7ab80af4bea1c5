/** TCP connections that can be cut, stalled and robbed of their answers. */
@NullMarked
package app.meshguard.chaos.line;

import org.jspecify.annotations.NullMarked;
