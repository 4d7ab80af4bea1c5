/** The registry of agents. */
@NullMarked
package app.meshguard.tenant.agent;

import org.jspecify.annotations.NullMarked;
