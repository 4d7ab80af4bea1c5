package app.meshguard.audit.export;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.ingest.OwnRecords;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.SystemRecord;
import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameters;

/** Takes a tenant's log out as a file. */
@Path("/admin/audit/export")
@NeedsAuditRead
@RunOnVirtualThread
class ExportResource {
  private static final String RESUME = "resume";
  private static final String FORMAT = "format";

  private final Exports exports;
  private final AdminCaller caller;
  private final OwnRecords own;
  private final Clock clock;

  @Inject
  ExportResource(Exports exports, AdminCaller caller, OwnRecords own, Clock clock) {
    this.exports = exports;
    this.caller = caller;
    this.own = own;
    this.clock = clock;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "exportAudit",
      summary = "The log as a file: all of it, or the entries that match, in their order")
  @Parameters({
    @Parameter(
        name = "format",
        in = ParameterIn.QUERY,
        description = "csv, jsonl (if absent) or ocsf",
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "resume",
        in = ParameterIn.QUERY,
        description = "The index of the last entry that you have: the file goes on after it",
        schema = @Schema(implementation = Long.class)),
    @Parameter(
        name = "from",
        in = ParameterIn.QUERY,
        description = "A time, or a date; of the entry's own time",
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "to",
        in = ParameterIn.QUERY,
        description = "The first moment that does not count, or the last day",
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "kind",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "decision",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "agentId",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "action",
        in = ParameterIn.QUERY,
        description = "The whole action, or its beginning and a star",
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "resource",
        in = ParameterIn.QUERY,
        description = "The whole resource, or its beginning and a star",
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "policy",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "rule",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "code",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "surface",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "traceId",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "decisionId",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "event",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = String.class)),
    @Parameter(
        name = "minLatencyUs",
        in = ParameterIn.QUERY,
        schema = @Schema(implementation = Integer.class))
  })
  public Response export(@Context UriInfo uri) {
    Set<String> known = new TreeSet<>(ExportFilter.names());
    known.addAll(List.of(FORMAT, RESUME));
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), known);
    String name = parameters.oneOf(FORMAT, ExportFormat.names());
    ExportFormat format = ExportFormat.of(name == null ? "jsonl" : name);
    long resume = parameters.longNumber(RESUME, 0, Long.MAX_VALUE - 1, -1);
    ExportFilter filter = ExportFilter.read(parameters);
    parameters.check();
    TenantId tenant = caller.tenant();
    ExportScope scope = exports.scope(tenant, filter, resume);
    note(tenant, scope, format);
    StreamingOutput body = out -> exports.write(scope, filter, format, out);
    return Response.ok(body, MediaType.valueOf(format.mediaType()))
        .header(
            "Content-Disposition",
            "attachment; filename=\"meshguard-audit-%d-%d.%s\""
                .formatted(scope.firstIndex(), scope.lastIndex(), format.suffix()))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** Who takes data out leaves a trace of it, before the first byte. */
  private void note(TenantId tenant, ExportScope scope, ExportFormat format) {
    own.append(
        List.of(
            SystemRecord.of(
                tenant,
                "sys_" + Base62.random(22),
                clock.instant(),
                "export",
                Map.of(
                    "by", caller.keyId(),
                    "filters", scope.filters(),
                    "firstIndex", scope.firstIndex(),
                    "format", format.name().toLowerCase(Locale.ROOT),
                    "lastIndex", scope.lastIndex()))));
  }
}
