package app.meshguard.tenant.impact;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.wire.ProblemCode;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What a draft would have changed. */
@Path("/admin/policies/impact")
class ImpactResource {
  private static final String NDJSON = "application/x-ndjson";

  /** Only for those who ask for it: whoever takes anything gets lines. */
  private static final String EVENTS = "text/event-stream;qs=0.5";

  private final Impact impact;
  private final Caller caller;
  private final Clock clock;

  ImpactResource(Impact impact, Caller caller, Clock clock) {
    this.impact = impact;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Requires(Permission.AUDIT_READ)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(NDJSON)
  @Operation(
      operationId = "policyImpact",
      summary = "Replay recorded calls against a draft: which would be decided otherwise",
      description =
          "Lines of JSON: progress after each page of records, then the result. With Accept:"
              + " text/event-stream the same as server-sent events. Needs policies:read too.")
  @RequestBody(content = @Content(schema = @Schema(implementation = ImpactRequest.class)))
  @APIResponse(
      responseCode = "200",
      description = "Lines of JSON, the last with the result",
      content = @Content(mediaType = NDJSON, schema = @Schema(implementation = ImpactView.class)))
  public Multi<ImpactView> lines(byte @Nullable [] body) {
    return replay(body);
  }

  @POST
  @Requires(Permission.AUDIT_READ)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(EVENTS)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> events(byte @Nullable [] body, @Context Sse sse) {
    return replay(body)
        // The stream is open by then: what is wrong can only be told as an event.
        .onFailure(RequestRefused.class)
        .recoverWithItem(failure -> ImpactView.problem((RequestRefused) failure))
        .map(
            view ->
                sse.newEventBuilder()
                    .name(
                        view.progress() != null
                            ? "progress"
                            : view.result() != null ? "result" : "problem")
                    .data(Json.write(view))
                    .build());
  }

  private Multi<ImpactView> replay(byte @Nullable [] body) {
    String policies = Permission.POLICIES_READ.text();
    if (!caller.identity().permissions().contains(policies)) {
      throw new RequestRefused(
          ProblemCode.FORBIDDEN, "This operation needs the permission " + policies + ".");
    }
    ImpactRequest request = ImpactRequest.read(RequestObject.parse(body), clock.instant());
    return impact.prepare(caller.tenant(), request).onItem().transformToMulti(impact::run);
  }
}
