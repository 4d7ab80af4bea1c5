/** Which addresses a request may go to that a customer gave the destination of. */
@NullMarked
package app.meshguard.egress;

import org.jspecify.annotations.NullMarked;
