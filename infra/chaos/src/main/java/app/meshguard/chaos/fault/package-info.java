/** The faults, and the order in which a seed deals them. */
@NullMarked
package app.meshguard.chaos.fault;

import org.jspecify.annotations.NullMarked;
