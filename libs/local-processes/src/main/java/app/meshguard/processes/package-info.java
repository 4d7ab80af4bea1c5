/**
 * The one way in which MeshGuard starts processes of its own on a machine: PostgreSQL, services.
 */
@NullMarked
package app.meshguard.processes;

import org.jspecify.annotations.NullMarked;
