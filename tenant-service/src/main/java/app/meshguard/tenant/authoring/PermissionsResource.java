package app.meshguard.tenant.authoring;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** What an agent may do. */
@Path("/admin/agents")
@Produces(MediaType.APPLICATION_JSON)
class PermissionsResource {
  private final Trials trials;
  private final Caller caller;

  PermissionsResource(Trials trials, Caller caller) {
    this.trials = trials;
    this.caller = caller;
  }

  @GET
  @Path("/{id}/permissions")
  @Requires(Permission.POLICIES_READ)
  @Operation(
      operationId = "agentPermissions",
      summary = "The rules that apply to an agent, by id or name, and where each comes from")
  @APIResponseSchema(PermissionsView.class)
  public Uni<Map<String, @Nullable Object>> permissions(@PathParam("id") String id) {
    return trials.permissions(caller.tenant(), id);
  }
}
