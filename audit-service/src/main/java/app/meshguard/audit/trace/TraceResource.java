package app.meshguard.audit.trace;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.search.PostgresEntryStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The traces of the caller's tenant. */
@Path("/admin/audit/traces")
@NeedsAuditRead
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
class TraceResource {
  private static final int MOST = 1_000;

  private final PostgresEntryStore store;
  private final AdminCaller caller;

  @Inject
  TraceResource(PostgresEntryStore store, AdminCaller caller) {
    this.store = store;
    this.caller = caller;
  }

  @GET
  @Path("{traceId}")
  @Operation(
      operationId = "getTrace",
      summary = "All entries of a trace as a tree across agents, with durations")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "The most entries that are shown, the oldest ones",
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              minimum = "1",
              maximum = "1000",
              defaultValue = "1000"))
  public Trace trace(@PathParam("traceId") String traceId, @Context UriInfo uri) {
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), Set.of("limit"));
    int limit = parameters.number("limit", 1, MOST, MOST);
    parameters.check();
    // No trace id is longer, and a database takes no NUL.
    if (traceId.length() > 128 || traceId.indexOf('\0') >= 0) {
      throw unknown();
    }
    List<LogEntry> found = store.trace(caller.tenant(), traceId, limit + 1);
    if (found.isEmpty()) {
      throw unknown();
    }
    boolean truncated = found.size() > limit;
    List<LogEntry> shown = truncated ? found.subList(0, limit) : found;
    return TraceSummary.of(traceId, shown.stream().map(TraceEntry::of).toList(), truncated);
  }

  private static Refused unknown() {
    return Refused.notFound("There is no such trace.");
  }
}
