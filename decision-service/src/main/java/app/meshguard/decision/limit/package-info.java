/** Limits that hold exactly over all replicas: takes are counted in PostgreSQL. */
@NullMarked
package app.meshguard.decision.limit;

import org.jspecify.annotations.NullMarked;
