/** What agents report beside their calls: messages, tools, data read and written, overrides. */
@NullMarked
package app.meshguard.decision.event;

import org.jspecify.annotations.NullMarked;
