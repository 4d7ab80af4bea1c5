/** What admins did, on its way to the audit log: written with the change, shipped after it. */
@NullMarked
package app.meshguard.tenant.outbox;

import org.jspecify.annotations.NullMarked;
