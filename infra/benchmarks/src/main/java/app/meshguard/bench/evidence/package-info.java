/** What the audit log takes, and how soon what it took is signed and found. */
@NullMarked
package app.meshguard.bench.evidence;

import org.jspecify.annotations.NullMarked;
