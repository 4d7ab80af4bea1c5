package app.meshguard.audit.search;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.platform.Refused;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The entries of the caller's tenant. */
@Path("/admin/audit")
@NeedsAuditRead
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
class AuditResource {
  private final PostgresEntryStore store;
  private final AdminCaller caller;

  @Inject
  AuditResource(PostgresEntryStore store, AdminCaller caller) {
    this.store = store;
    this.caller = caller;
  }

  @GET
  @Operation(operationId = "listEntries", summary = "Entries that match")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "The longest page that is wanted",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {
                "decision",
                "outcome",
                "refusal",
                "event",
                "change",
                "login",
                "key_use",
                "system"
              }))
  @Parameter(
      name = "decision",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"allow", "deny", "pending_approval"}))
  @Parameter(
      name = "agentId",
      in = ParameterIn.QUERY,
      description = "An agent's id, or the name that it went by",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "action",
      in = ParameterIn.QUERY,
      description = "An action, or a pattern in which * stands for any text",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "resource",
      in = ParameterIn.QUERY,
      description = "A resource, or a pattern in which * stands for any text",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "code",
      in = ParameterIn.QUERY,
      description = "Why it was decided so, e.g. rate_limited",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "surface",
      in = ParameterIn.QUERY,
      description = "Where the call came in, e.g. proxy, check, mcp",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "decisionId",
      in = ParameterIn.QUERY,
      description = "The id of a decision (its outcome too), an event or a change",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "event",
      in = ParameterIn.QUERY,
      description = "The type of an event, a change or an entry of the system",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "minLatencyUs",
      in = ParameterIn.QUERY,
      description = "Decided in no less than this, in microseconds",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
  @Parameter(
      name = "q",
      in = ParameterIn.QUERY,
      description = "Words of reason, message, action, resource, names and context: all of them",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "order",
      in = ParameterIn.QUERY,
      description = "desc: newest first",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"desc", "asc"},
              defaultValue = "desc"))
  @Parameter(
      name = "count",
      in = ParameterIn.QUERY,
      description = "Also say how many match: exact up to 50,000",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "traceId",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "policy",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(name = "rule", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
  @Parameter(
      name = "approvalId",
      in = ParameterIn.QUERY,
      description = "The decision that waits for this approval",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "The first moment that counts: RFC 3339, or a date (its first moment, UTC)",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description =
          "The first moment that does not count: RFC 3339, or a date (which counts whole, UTC)",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "The next or previous of a page, with the same filter and order",
      schema = @Schema(implementation = String.class))
  public AuditPage list(@Context UriInfo uri) {
    TenantId tenant = caller.tenant();
    EntrySearch search = EntrySearch.read(uri.getQueryParameters(), tenant);
    return AuditPage.of(store.find(tenant, search), search, tenant);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getEntry", summary = "One entry, with the exact record")
  public WholeEntry get(@PathParam("id") String id) {
    return EntryId.parse(id)
        .flatMap(entryId -> store.find(caller.tenant(), entryId))
        .map(WholeEntry::of)
        .orElseThrow(Refused::notFound);
  }
}
