package app.meshguard.audit.siem;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.credential.NeedsAuditWrite;
import app.meshguard.audit.ingest.OwnRecords;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.platform.SystemRecord;
import app.meshguard.wire.Base62;
import app.meshguard.wire.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where a tenant has its log sent to. Reading needs audit:read, changing needs everything. */
@Path("/admin/siem")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class SiemResource {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final SiemTargets targets;
  private final SiemConfig config;
  private final AdminCaller caller;
  private final OwnRecords own;
  private final Clock clock;

  @Inject
  SiemResource(
      SiemTargets targets, SiemConfig config, AdminCaller caller, OwnRecords own, Clock clock) {
    this.targets = targets;
    this.config = config;
    this.caller = caller;
    this.own = own;
    this.clock = clock;
  }

  /** All receivers of a tenant. */
  record All(List<SiemStatus> targets) {
    All {
      targets = List.copyOf(targets);
    }
  }

  @GET
  @NeedsAuditRead
  @Operation(operationId = "listSiemTargets", summary = "The receivers, and how far each is")
  public All list(@Context UriInfo uri) {
    noParameters(uri);
    return new All(targets.list(caller.tenant()));
  }

  @GET
  @Path("{name}")
  @NeedsAuditRead
  @Operation(operationId = "getSiemTarget", summary = "One receiver, and how far it is")
  public SiemStatus get(@PathParam("name") String name, @Context UriInfo uri) {
    noParameters(uri);
    return targets.find(caller.tenant(), name).orElseThrow(SiemResource::unknown);
  }

  @PUT
  @Path("{name}")
  @NeedsAuditWrite
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putSiemTarget",
      summary = "Add or change a receiver: type, url, index, secret, enabled, start")
  public SiemStatus put(
      @PathParam("name") String name,
      @Nullable Map<String, @Nullable Object> body,
      @Context UriInfo uri) {
    noParameters(uri);
    if (!NAME.matcher(name).matches()) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST, "The name is at most 63 of a-z, 0-9 and dash.");
    }
    SiemSettings settings = SiemSettings.read(body, config.allowPrivate());
    if (!targets.put(caller.tenant(), name, settings)) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          "There are " + SiemTargets.MOST + " receivers: delete one first.");
    }
    note(
        "siem.put",
        Map.of("name", name, "target", settings.type().text(), "url", settings.url().toString()));
    return targets.find(caller.tenant(), name).orElseThrow(SiemResource::unknown);
  }

  @DELETE
  @Path("{name}")
  @NeedsAuditWrite
  @Operation(operationId = "deleteSiemTarget", summary = "Send nothing more there")
  public void delete(@PathParam("name") String name, @Context UriInfo uri) {
    noParameters(uri);
    if (!targets.delete(caller.tenant(), name)) {
      throw unknown();
    }
    note("siem.delete", Map.of("name", name));
  }

  private void note(String type, Map<String, ?> facts) {
    own.append(
        List.of(
            SystemRecord.of(
                caller.tenant(), "sys_" + Base62.random(22), clock.instant(), type, facts)));
  }

  private static void noParameters(UriInfo uri) {
    if (!uri.getQueryParameters().isEmpty()) {
      QueryParameters none = new QueryParameters(uri.getQueryParameters(), Set.of("(none)"));
      none.check();
    }
  }

  private static Refused unknown() {
    return Refused.notFound("There is no such receiver.");
  }
}
