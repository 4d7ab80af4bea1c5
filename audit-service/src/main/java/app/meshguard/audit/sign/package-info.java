/**
 * The signer: extends the trees of the logs that have grown, signs their heads, and refuses when
 * the database is not the one that it signed last.
 */
@NullMarked
package app.meshguard.audit.sign;

import org.jspecify.annotations.NullMarked;
