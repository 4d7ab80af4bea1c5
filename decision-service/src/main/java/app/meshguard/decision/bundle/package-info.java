/**
 * What a decision needs of each tenant, held in memory and on disk, and kept fresh by the feed of
 * the tenant-service.
 */
@NullMarked
package app.meshguard.decision.bundle;

import org.jspecify.annotations.NullMarked;
