/** What was signed, kept where a restored database cannot make it forgotten. */
@NullMarked
package app.meshguard.audit.guard;

import org.jspecify.annotations.NullMarked;
