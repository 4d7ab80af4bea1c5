/** Full text without text: words become keyed hashes before they reach a table. */
@NullMarked
package app.meshguard.audit.words;

import org.jspecify.annotations.NullMarked;
