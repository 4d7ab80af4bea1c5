/** A tenant's log as a file: streamed, resumable, and with what proves that nothing is left out. */
@NullMarked
package app.meshguard.audit.export;

import org.jspecify.annotations.NullMarked;
