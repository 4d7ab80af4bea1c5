/** What the policy engine sees of a tenant: its policies in force, its rules, its agents. */
@NullMarked
package app.meshguard.tenant.engine;

import org.jspecify.annotations.NullMarked;
