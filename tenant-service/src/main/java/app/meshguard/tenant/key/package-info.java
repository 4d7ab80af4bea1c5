/** API keys and admin tokens: shown once, stored as hashes. */
@NullMarked
package app.meshguard.tenant.key;

import org.jspecify.annotations.NullMarked;
