/** JSON as decisions need it: read strictly and with exact decimals, written canonically. */
@NullMarked
package app.meshguard.decision.json;

import org.jspecify.annotations.NullMarked;
