/** What is done from a terminal over MeshGuard's public HTTP API. */
@NullMarked
package app.meshguard.cli;

import org.jspecify.annotations.NullMarked;
