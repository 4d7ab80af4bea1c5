/** What carries the features: start and end of the service, its identity, errors, readiness. */
@NullMarked
package app.meshguard.decision.platform;

import org.jspecify.annotations.NullMarked;
