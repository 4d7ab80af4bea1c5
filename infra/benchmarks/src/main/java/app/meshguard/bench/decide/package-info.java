/**
 * What a recorded decision costs over HTTP, beside an endpoint that decides and records nothing.
 */
@NullMarked
package app.meshguard.bench.decide;

import org.jspecify.annotations.NullMarked;
