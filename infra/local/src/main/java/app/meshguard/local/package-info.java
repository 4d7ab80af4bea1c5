/** The whole of MeshGuard on one machine: its processes, their settings, and their lives. */
@NullMarked
package app.meshguard.local;

import org.jspecify.annotations.NullMarked;
