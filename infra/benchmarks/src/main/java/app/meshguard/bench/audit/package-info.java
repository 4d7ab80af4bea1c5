/** How fast the audit log is searched and summed up, and whether its size matters. */
@NullMarked
package app.meshguard.bench.audit;

import org.jspecify.annotations.NullMarked;
