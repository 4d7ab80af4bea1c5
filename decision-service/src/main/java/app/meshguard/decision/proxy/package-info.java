/** Calls that go on to the tenant's target when they are allowed. */
@NullMarked
package app.meshguard.decision.proxy;

import org.jspecify.annotations.NullMarked;
