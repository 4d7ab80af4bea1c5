/** What MeshGuard costs, measured: {@code ./meshguard bench <name>}. */
@NullMarked
package app.meshguard.bench;

import org.jspecify.annotations.NullMarked;
