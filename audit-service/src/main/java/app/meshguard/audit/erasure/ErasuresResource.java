package app.meshguard.audit.erasure;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.credential.NeedsAuditWrite;
import app.meshguard.audit.platform.JsonBody;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.subject.SubjectPath;
import app.meshguard.audit.subject.Subjects;
import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Erasures of persons from the log of the caller's tenant. */
@Path("/admin/erasures")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lifecycle")
class ErasuresResource {
  private static final int LISTED = 100;

  private final PostgresErasures erasures;
  private final ErasureWorker worker;
  private final Subjects subjects;
  private final ErasureConfig config;
  private final AdminCaller caller;
  private final Clock clock;

  @Inject
  ErasuresResource(
      PostgresErasures erasures,
      ErasureWorker worker,
      Subjects subjects,
      ErasureConfig config,
      AdminCaller caller,
      Clock clock) {
    this.erasures = erasures;
    this.worker = worker;
    this.subjects = subjects;
    this.config = config;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @NeedsAuditRead
  @Operation(operationId = "listErasures", summary = "The hundred newest erasures")
  public ErasureView.All list(@Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    return new ErasureView.All(
        erasures.newest(caller.tenant(), LISTED).stream().map(this::view).toList());
  }

  @GET
  @Path("{id}")
  @NeedsAuditRead
  @Operation(operationId = "getErasure", summary = "How far an erasure has come, and what is left")
  public ErasureView get(@PathParam("id") String id) {
    return erasures
        .find(caller.tenant(), id)
        .map(this::view)
        .orElseThrow(() -> Refused.notFound("There is no such erasure."));
  }

  @POST
  @NeedsAuditWrite
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "erasePerson",
      summary = "Destroys what the log holds of a person, in the background; ask again with GET")
  @APIResponse(
      responseCode = "202",
      description = "It is at work; for a person whose erasure is at work already, that one",
      content = @Content(schema = @Schema(implementation = ErasureView.class)))
  public Response erase(
      @RequestBody(content = @Content(schema = @Schema(implementation = ErasureView.Request.class)))
          @Nullable String text) {
    JsonBody body = JsonBody.read(text, Set.of("subject", "paths"));
    String value = body.required("subject", 512);
    List<SubjectPath> paths = SubjectPath.read(body, "paths");
    body.check();
    TenantId tenant = caller.tenant();
    Erasure erasure =
        erasures.ask(
            tenant,
            "era_" + Base62.random(22),
            subjects.subject(tenant, value, paths),
            caller.keyId(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    worker.hurry(tenant);
    return Response.accepted(view(erasure))
        .header("Location", "/admin/erasures/" + erasure.id())
        .build();
  }

  private ErasureView view(Erasure erasure) {
    return ErasureView.of(erasure, config.backupHorizon());
  }
}
