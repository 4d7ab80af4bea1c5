package app.meshguard.tenant.credential;

import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Tells other services who stands behind an admin token. */
@Path("/internal/credentials/admin")
class AdminCredentialResource {
  private final AdminCredentials credentials;

  AdminCredentialResource(AdminCredentials credentials) {
    this.credentials = credentials;
  }

  @POST
  @CalledBy({"audit-service", "decision-service"})
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "resolveAdmin", summary = "Who stands behind an admin token")
  @RequestBody(content = @Content(schema = @Schema(implementation = AdminIdentity.Query.class)))
  public Uni<AdminIdentity> resolve(byte[] body) {
    RequestObject json = RequestObject.parse(body);
    String tenant = json.requiredText("tenantId", 20);
    String keyId = json.requiredText("keyId", 16);
    String sha256 = json.requiredText("sha256", 64);
    json.done();
    TenantId tenantId;
    try {
      tenantId = new TenantId(tenant);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid("tenantId", "is not a tenant id");
    }
    return credentials
        .find(new AdminIdentity.Query(tenantId, keyId, sha256))
        .onItem()
        .ifNull()
        .failWith(() -> RequestRefused.notFound("admin token"));
  }
}
