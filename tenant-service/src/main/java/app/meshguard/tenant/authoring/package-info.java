/** Writing policies: checked, tried and explained before anything is in force. Stores nothing. */
@NullMarked
package app.meshguard.tenant.authoring;

import org.jspecify.annotations.NullMarked;
