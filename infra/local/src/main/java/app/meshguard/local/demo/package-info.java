/** The demo: three tenants, their agents' calls, and the audit entries that prove the answers. */
@NullMarked
package app.meshguard.local.demo;

import org.jspecify.annotations.NullMarked;
