/** What an entry of the log is named by, and the partitions that the log is kept in. */
@NullMarked
package app.meshguard.audit.log;

import org.jspecify.annotations.NullMarked;
