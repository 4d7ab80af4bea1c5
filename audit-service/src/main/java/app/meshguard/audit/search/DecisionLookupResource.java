package app.meshguard.audit.search;

import app.meshguard.audit.credential.FromEvidenceWriter;
import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One decision for the decision-service, whose agent reports an outcome of it. */
@Path("/internal/decisions")
@FromEvidenceWriter
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "internal")
class DecisionLookupResource {
  private final DecisionLookup lookup;

  @Inject
  DecisionLookupResource(DecisionLookup lookup) {
    this.lookup = lookup;
  }

  @GET
  @Path("{tenantId}/{decisionId}")
  @Operation(
      operationId = "readDecision",
      summary = "The exact record of a decision, and of its outcome where there is one",
      description = "A decision that no search finds yet, or that was erased, is not found: 404.")
  public FoundDecision decision(
      @PathParam("tenantId") String tenantId, @PathParam("decisionId") String decisionId) {
    return lookup.find(tenant(tenantId), decisionId).orElseThrow(Refused::notFound);
  }

  private static TenantId tenant(String text) {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException e) {
      throw Refused.notFound();
    }
  }
}
