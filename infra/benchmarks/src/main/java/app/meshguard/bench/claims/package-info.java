/** The calls of an insurer's agents that every benchmark makes. */
@NullMarked
package app.meshguard.bench.claims;

import org.jspecify.annotations.NullMarked;
