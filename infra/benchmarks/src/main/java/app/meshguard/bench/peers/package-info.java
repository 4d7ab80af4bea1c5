/**
 * Other policy engines, installed by name and given the same policy, to be measured beside ours.
 */
@NullMarked
package app.meshguard.bench.peers;

import org.jspecify.annotations.NullMarked;
