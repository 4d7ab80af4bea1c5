/** What breaks a stack on purpose, and what holds every answer against the log afterwards. */
@NullMarked
package app.meshguard.chaos;

import org.jspecify.annotations.NullMarked;
