package app.meshguard.policy.value;

/**
 * JSON's {@code null} as a value of its own, so that Java's {@code null} can stand for "not there".
 */
public enum JsonNull {
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
