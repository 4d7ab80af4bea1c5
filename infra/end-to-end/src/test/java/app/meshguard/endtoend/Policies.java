package app.meshguard.endtoend;

/** Small policies for tests whose point is not the policy. */
final class Policies {
  /** Reads are allowed, everything else is denied by default. */
  static final String READ_ONLY =
      """
      name: read-only
      rules:
        - action: "read:*"
          effect: allow
      """;

  /** An allow that must be counted first. */
  static final String LIMITED =
      """
      name: limited
      rules:
        - action: "write:email"
          effect: allow
          conditions:
            - "rate_limit(1000, '1h')"
      """;

  private Policies() {}
}
