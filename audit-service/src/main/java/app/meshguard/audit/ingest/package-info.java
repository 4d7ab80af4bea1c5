/**
 * Takes batches of evidence from decision replicas and appends them to the log, each record once.
 */
@NullMarked
package app.meshguard.audit.ingest;

import org.jspecify.annotations.NullMarked;
