/** Explains a past decision by deciding it again, as things were then. */
@NullMarked
package app.meshguard.audit.explain;

import org.jspecify.annotations.NullMarked;
