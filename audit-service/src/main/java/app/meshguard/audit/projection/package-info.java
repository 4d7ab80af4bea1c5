/** Follows the log and keeps what it is searched and summed up by; all of it can be made again. */
@NullMarked
package app.meshguard.audit.projection;

import org.jspecify.annotations.NullMarked;
