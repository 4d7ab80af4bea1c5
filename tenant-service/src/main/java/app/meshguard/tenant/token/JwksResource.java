package app.meshguard.tenant.token;

import app.meshguard.tenant.platform.Unauthenticated;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The public keys of agent tokens. */
@Path("/.well-known/jwks.json")
class JwksResource {
  private final SigningKeys keys;

  JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  @GET
  @NonBlocking
  @Unauthenticated
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "jwks", summary = "The public keys that agent tokens are signed with")
  public Response jwks() {
    return Response.ok(keys.jwks()).header("Cache-Control", "public, max-age=60").build();
  }
}
