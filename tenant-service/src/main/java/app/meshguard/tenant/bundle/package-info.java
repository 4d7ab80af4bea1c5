/** What decision replicas fetch and hear: signed sections, the feed and its acknowledgements. */
@NullMarked
package app.meshguard.tenant.bundle;

import org.jspecify.annotations.NullMarked;
