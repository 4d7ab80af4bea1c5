/** Who calls: an agent, from its token or from an API key, by what is in memory alone. */
@NullMarked
package app.meshguard.decision.credential;

import org.jspecify.annotations.NullMarked;
