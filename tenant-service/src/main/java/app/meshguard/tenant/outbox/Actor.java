package app.meshguard.tenant.outbox;

/** Who made a change: an admin token by its id, or a sign-up, before which there is nobody. */
public record Actor(String kind, String id) {
  public static Actor adminToken(String keyId) {
    return new Actor("admin_token", keyId);
  }

  public static Actor signUp() {
    return new Actor("sign_up", "signup");
  }
}
