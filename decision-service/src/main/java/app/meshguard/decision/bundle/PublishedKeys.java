package app.meshguard.decision.bundle;

/** Takes the keys that agent tokens are verified with. */
public interface PublishedKeys {

  /**
   * The keys that count from now on.
   *
   * @param jwks the JSON Web Key Set
   * @throws IllegalArgumentException when it cannot be read; the former keys stay
   */
  void use(byte[] jwks);
}
