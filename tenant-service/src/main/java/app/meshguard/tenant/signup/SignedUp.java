package app.meshguard.tenant.signup;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to a sign-up: every secret in it is shown once. */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "SignedUp")
public record SignedUp(String orgId, String apiKey, String adminToken, FirstAgent agent) {

  /** The tenant's first agent. */
  @Schema(name = "FirstAgent")
  public record FirstAgent(String id, String name, String token) {}
}
