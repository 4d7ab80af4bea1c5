/** The log as a bus: all tenants' entries in the order in which they were committed. */
@NullMarked
package app.meshguard.audit.feed;

import org.jspecify.annotations.NullMarked;
