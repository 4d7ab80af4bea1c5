/** How sums over hours and days are kept, and read back for any period. */
@NullMarked
package app.meshguard.audit.rollup;

import org.jspecify.annotations.NullMarked;
