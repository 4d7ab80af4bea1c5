package app.meshguard.decision.hide;

import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON text something stands.
 *
 * @param parent the field whose value holds this one; null at the top
 */
record Field(@Nullable Field parent, String name) {}
