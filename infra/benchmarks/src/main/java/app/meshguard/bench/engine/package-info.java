/** What the policy engine alone costs, without HTTP and disk. */
@NullMarked
package app.meshguard.bench.engine;

import org.jspecify.annotations.NullMarked;
