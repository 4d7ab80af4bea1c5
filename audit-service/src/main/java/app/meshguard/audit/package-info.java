/** The audit service. */
@NullMarked
package app.meshguard.audit;

import org.jspecify.annotations.NullMarked;
