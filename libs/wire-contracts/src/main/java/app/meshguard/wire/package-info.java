/** The records that cross a service boundary, and the one list of problem codes. */
@NullMarked
package app.meshguard.wire;

import org.jspecify.annotations.NullMarked;
