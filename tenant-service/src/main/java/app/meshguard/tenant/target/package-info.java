/** Where the gateway forwards calls to, and with which injected credentials. */
@NullMarked
package app.meshguard.tenant.target;

import org.jspecify.annotations.NullMarked;
