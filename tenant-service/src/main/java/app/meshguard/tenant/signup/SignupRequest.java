package app.meshguard.tenant.signup;

import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.starter.Starters;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who signs up. */
@Schema(name = "SignUp")
record SignupRequest(
    @Schema(required = true, maxLength = 128) String name,
    @Schema(required = true, format = "email", maxLength = 254) String email,
    @Schema(required = true, maxLength = 128) String agentName,
    @Schema(
            description = "policies to begin with, from the library of starters",
            enumeration = {
              "personal-assistant",
              "support-bot",
              "coding-agent",
              "data-analyst",
              "claims",
              "read-only",
              "incident-response"
            })
        @Nullable String starter) {

  /** Enough to find a typing error; whether the address exists only a letter can tell. */
  private static final String EMAIL =
      "[^\\s@\"<>(),;:\\\\\\[\\]]{1,64}@(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\\.)+[A-Za-z][0-9A-Za-z-]{0,61}[0-9A-Za-z]";

  static SignupRequest read(RequestObject json) {
    String name = json.requiredText("name", 128);
    String email = json.requiredText("email", 254);
    String agentName = json.requiredText("agentName", 128);
    if (!email.isEmpty() && !email.matches(EMAIL)) {
      json.fault("email", "is not an e-mail address");
    }
    String starter = json.choice("starter", Starters.IDS);
    json.done();
    return new SignupRequest(name, email, agentName, starter);
  }
}
