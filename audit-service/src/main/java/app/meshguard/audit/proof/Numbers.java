package app.meshguard.audit.proof;

import app.meshguard.audit.platform.QueryParameters;
import org.jspecify.annotations.Nullable;

/** Reads sizes and indexes, which may be larger than an int. */
final class Numbers {
  private static final int LONGEST = 18;

  private Numbers() {}

  /** The number, or null when it is not given or at fault. */
  static @Nullable Long read(QueryParameters parameters, String name) {
    String text = parameters.text(name);
    if (text == null) {
      return null;
    }
    if (text.length() <= LONGEST && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Long.parseLong(text);
    }
    parameters.fault(name, "is a whole number from 0 on.");
    return null;
  }
}
