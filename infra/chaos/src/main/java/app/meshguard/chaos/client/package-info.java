/** MeshGuard as its callers and administrators see it: plain HTTP. */
@NullMarked
package app.meshguard.chaos.client;

import org.jspecify.annotations.NullMarked;
