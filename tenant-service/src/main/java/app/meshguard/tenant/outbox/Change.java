package app.meshguard.tenant.outbox;

import org.jspecify.annotations.Nullable;

/**
 * One change that an admin made. INVARIANT: neither {@code before} nor {@code after} holds a
 * secret, a hash of one, or a token: what is given here are views that could be answered.
 *
 * @param type a word of ours, such as {@code agent.created}
 * @param before the thing as it was, anything that can be written as a JSON object; null when it
 *     was not there
 * @param after the thing as it is; null when it is gone
 */
public record Change(String type, Target target, @Nullable Object before, @Nullable Object after) {

  /**
   * What was changed.
   *
   * @param name null for what has none
   */
  public record Target(String kind, String id, @Nullable String name) {}
}
