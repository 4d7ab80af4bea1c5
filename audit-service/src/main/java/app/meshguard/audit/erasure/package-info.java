/** Destroys what the log holds of a person, and says that it did. */
@NullMarked
package app.meshguard.audit.erasure;

import org.jspecify.annotations.NullMarked;
