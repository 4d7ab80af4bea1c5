/** Questions over HTTP whether an agent may do a thing, and their answers. */
@NullMarked
package app.meshguard.decision.check;

import org.jspecify.annotations.NullMarked;
