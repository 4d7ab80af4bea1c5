package app.meshguard.audit.proof;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
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

/** Opens one entry for somebody who checks it. */
@Path("/admin/audit/{id}/opened")
@NeedsAuditRead
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
class OpenedResource {
  private final OpenedEntries entries;
  private final AdminCaller caller;

  @Inject
  OpenedResource(OpenedEntries entries, AdminCaller caller) {
    this.entries = entries;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "openEntry",
      summary = "An entry's leaf, and the salt and record that it commits to",
      description =
          "The leaf is what a proof is about; its commitment is the base64 of SHA-256 over salt and"
              + " record. Whoever has the three can check that the record is the one that was logged.")
  public OpenedEntry opened(@PathParam("id") String id, @Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    return EntryId.parse(id)
        .flatMap(entry -> entries.find(caller.tenant(), entry))
        .orElseThrow(Refused::notFound);
  }
}
