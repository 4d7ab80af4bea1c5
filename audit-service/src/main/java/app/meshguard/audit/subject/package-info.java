/** Finds the entries that are about one person, by where in a record a person is named. */
@NullMarked
package app.meshguard.audit.subject;

import org.jspecify.annotations.NullMarked;
