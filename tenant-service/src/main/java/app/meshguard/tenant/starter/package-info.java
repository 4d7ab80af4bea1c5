/** The library of starter policies. */
@NullMarked
package app.meshguard.tenant.starter;

import org.jspecify.annotations.NullMarked;
