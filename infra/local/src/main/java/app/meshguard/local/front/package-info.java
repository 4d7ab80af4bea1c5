/** The one port in front of the local stack, which routes paths as an ingress does. */
@NullMarked
package app.meshguard.local.front;

import org.jspecify.annotations.NullMarked;
