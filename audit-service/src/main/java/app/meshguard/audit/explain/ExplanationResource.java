package app.meshguard.audit.explain;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why a past decision was what it was. */
@Path("/admin/audit/{id}/explanation")
@NeedsAuditRead
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
class ExplanationResource {
  private final TenantLog log;
  private final LogEntries entries;
  private final Replays replays;
  private final AdminCaller caller;

  @Inject
  ExplanationResource(TenantLog log, LogEntries entries, Replays replays, AdminCaller caller) {
    this.log = log;
    this.entries = entries;
    this.replays = replays;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "explainEntry",
      summary = "Decides a past decision again as things were then, and says what differs and why")
  public PastDecision get(@PathParam("id") String id, @Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    TenantId tenant = caller.tenant();
    LogEntry entry =
        EntryId.parse(id)
            .flatMap(
                wanted ->
                    log.read(tenant, connection -> entries.one(connection, tenant, wanted.index()))
                        .filter(found -> EntryId.of(found.index(), found.leaf()).equals(wanted)))
            .orElseThrow(Refused::notFound);
    return replays.explain(tenant, id, entry);
  }
}
