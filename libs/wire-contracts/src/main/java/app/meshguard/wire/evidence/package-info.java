/** What a decision replica ships to the audit-service: evidence records and batch headers. */
@NullMarked
package app.meshguard.wire.evidence;

import org.jspecify.annotations.NullMarked;
