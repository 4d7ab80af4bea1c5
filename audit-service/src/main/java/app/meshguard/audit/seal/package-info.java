/** What of a record is hashed for ever, and how the rest is kept so that it can be destroyed. */
@NullMarked
package app.meshguard.audit.seal;

import org.jspecify.annotations.NullMarked;
