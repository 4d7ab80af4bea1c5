/** The one schema of records: what the log, its leaves and its projections draw from them. */
@NullMarked
package app.meshguard.audit.record;

import org.jspecify.annotations.NullMarked;
