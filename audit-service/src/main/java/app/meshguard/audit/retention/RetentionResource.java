package app.meshguard.audit.retention;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.credential.NeedsAuditWrite;
import app.meshguard.audit.hold.Alone;
import app.meshguard.audit.hold.Holds;
import app.meshguard.audit.platform.JsonBody;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.tenants.AuditSettings;
import app.meshguard.audit.tenants.TenantSettings;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How long the caller's tenant keeps its log, and deletion of what is past that. */
@Path("/admin/retention")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lifecycle")
class RetentionResource {
  private final Retention retention;
  private final RetentionRuns runs;
  private final Holds holds;
  private final TenantSettings settings;
  private final Alone alone;
  private final RetentionConfig config;
  private final AdminCaller caller;
  private final Clock clock;

  @Inject
  RetentionResource(
      Retention retention,
      RetentionRuns runs,
      Holds holds,
      TenantSettings settings,
      Alone alone,
      RetentionConfig config,
      AdminCaller caller,
      Clock clock) {
    this.retention = retention;
    this.runs = runs;
    this.holds = holds;
    this.settings = settings;
    this.alone = alone;
    this.config = config;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @NeedsAuditRead
  @Operation(
      operationId = "getRetention",
      summary = "How long entries are kept, and why; changed with PATCH /admin/tenant")
  public RetentionView get(@Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    TenantId tenant = caller.tenant();
    AuditSettings of = settings.of(tenant);
    RetentionPeriod period = period(of);
    return new RetentionView(
        period.days(),
        period.basis(),
        of.plan(),
        period.cutoff(clock.instant()).toString(),
        config.hour(),
        holds.inForce(tenant),
        runs.newest(tenant).map(RetentionView.OfRun::of).orElse(null));
  }

  @POST
  @Path("run")
  @NeedsAuditWrite
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "runRetention",
      summary = "Deletes now what is past its time, or with dryRun says what that would be")
  public RetentionView.OfRun run(
      @RequestBody(
              content = @Content(schema = @Schema(implementation = RetentionView.Request.class)))
          @Nullable String text) {
    JsonBody body = JsonBody.read(text, Set.of("dryRun"));
    boolean dryRun = body.flag("dryRun");
    body.check();
    TenantId tenant = caller.tenant();
    RetentionPeriod period = period(settings.of(tenant));
    if (dryRun) {
      return RetentionView.OfRun.of(retention.wouldDo(tenant, period, config.longestWait()));
    }
    return alone
        .run(
            "retention/" + tenant,
            () -> retention.run(tenant, period, caller.keyId(), config.longestWait()))
        .map(RetentionView.OfRun::of)
        .orElseThrow(
            () ->
                new Refused(
                    ProblemCode.CONFLICT, "A run is at work for this tenant. Try again later."));
  }

  private static RetentionPeriod period(AuditSettings of) {
    return RetentionPeriod.of(of)
        .orElseThrow(
            () ->
                new Refused(
                    ProblemCode.CONFLICT,
                    "No retention period is known for the plan "
                        + of.plan()
                        + ": nothing is deleted. Set retentionDays with PATCH /admin/tenant."));
  }
}
