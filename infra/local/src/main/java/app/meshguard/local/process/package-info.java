/** How a process of a stack lives: where it keeps things, its port, its start, its end. */
@NullMarked
package app.meshguard.local.process;

import org.jspecify.annotations.NullMarked;
