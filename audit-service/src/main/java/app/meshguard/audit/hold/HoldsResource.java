package app.meshguard.audit.hold;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.credential.NeedsAuditWrite;
import app.meshguard.audit.platform.QueryParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The legal holds of the caller's tenant. */
@Path("/admin/holds")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lifecycle")
class HoldsResource {
  private final Holds holds;
  private final AdminCaller caller;

  @Inject
  HoldsResource(Holds holds, AdminCaller caller) {
    this.holds = holds;
    this.caller = caller;
  }

  @GET
  @NeedsAuditRead
  @Operation(operationId = "listHolds", summary = "All holds, in the order they were placed")
  public HoldView.All list(@Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    return new HoldView.All(holds.all(caller.tenant()).stream().map(HoldView::of).toList());
  }

  @POST
  @NeedsAuditWrite
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "placeHold",
      summary = "Stops deletion and erasure of what all the given criteria cover")
  @APIResponse(
      responseCode = "201",
      description = "It is in force",
      content = @Content(schema = @Schema(implementation = HoldView.class)))
  public Response place(
      @RequestBody(
              description =
                  "reason, and what to hold: agentId, traceId, from, to, subject (with paths beside"
                      + " the tenant's own), or wholeTenant: true",
              content = @Content(schema = @Schema(implementation = HoldBody.class)))
          @Nullable String body) {
    HoldRequest request = HoldRequest.read(body);
    Hold hold = holds.place(caller.tenant(), request, caller.keyId());
    return Response.status(201).entity(HoldView.of(hold)).build();
  }

  @DELETE
  @Path("{id}")
  @NeedsAuditWrite
  @Operation(
      operationId = "liftHold",
      summary = "Lifts a hold; one that is lifted already stays as it is")
  @Parameter(
      name = "reason",
      in = ParameterIn.QUERY,
      required = true,
      description = "Why it is lifted, for the log",
      schema = @Schema(implementation = String.class))
  public HoldView lift(@PathParam("id") String id, @Context UriInfo uri) {
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), Set.of("reason"));
    String reason = parameters.required("reason", parameters.longText("reason"));
    parameters.check();
    return HoldView.of(
        holds.lift(caller.tenant(), id, reason == null ? "" : reason, caller.keyId()));
  }
}
