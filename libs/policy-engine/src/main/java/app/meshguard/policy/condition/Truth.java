package app.meshguard.policy.condition;

/** What a condition can be: MISSING when a value that it needs is absent or of the wrong type. */
public enum Truth {
  TRUE,
  FALSE,
  MISSING;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case MISSING -> MISSING;
    };
  }
}
