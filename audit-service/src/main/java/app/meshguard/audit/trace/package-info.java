/** Shows what belongs to one trace as the tree that it was, across agents. */
@NullMarked
package app.meshguard.audit.trace;

import org.jspecify.annotations.NullMarked;
