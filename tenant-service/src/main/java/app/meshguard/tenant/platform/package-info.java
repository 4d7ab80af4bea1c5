/** Request decoding, error mapping, tenant context and the annotations that guard operations. */
@NullMarked
package app.meshguard.tenant.platform;

import org.jspecify.annotations.NullMarked;
