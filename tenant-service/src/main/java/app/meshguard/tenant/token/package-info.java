/** Agent tokens, and the keys that sign them. */
@NullMarked
package app.meshguard.tenant.token;

import org.jspecify.annotations.NullMarked;
