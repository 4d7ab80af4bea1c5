/**
 * What the tenant-service publishes and a decision replica holds: bundle sections, feed events and
 * acknowledgements.
 */
@NullMarked
package app.meshguard.wire.bundle;

import org.jspecify.annotations.NullMarked;
