/**
 * A tenant's logs, one after the other: their rows, their keys, how one begins and is succeeded.
 */
@NullMarked
package app.meshguard.audit.epoch;

import org.jspecify.annotations.NullMarked;
