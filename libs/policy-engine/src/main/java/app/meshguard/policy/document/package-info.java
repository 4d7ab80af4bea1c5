/** Policy documents: read from YAML with every error at its line and column, checked, and kept. */
@NullMarked
package app.meshguard.policy.document;

import org.jspecify.annotations.NullMarked;
