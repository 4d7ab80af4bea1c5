package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.tenant.write.Outcome;
import app.meshguard.tenant.write.TenantWrites;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The revisions of a policy, and which of them is in force. */
@Path("/admin/policies")
@Produces(MediaType.APPLICATION_JSON)
class VersionResource {
  private final Publishing publishing;
  private final Revisions revisions;
  private final TogetherCheck together;
  private final TenantWrites writes;
  private final TenantTransaction transaction;
  private final Caller caller;
  private final Vertx vertx;

  VersionResource(
      Publishing publishing,
      Revisions revisions,
      TogetherCheck together,
      TenantWrites writes,
      TenantTransaction transaction,
      Caller caller,
      Vertx vertx) {
    this.publishing = publishing;
    this.revisions = revisions;
    this.together = together;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
    this.vertx = vertx;
  }

  @GET
  @Path("/{name}/versions")
  @Requires(Permission.POLICIES_READ)
  @Operation(
      operationId = "listPolicyVersions",
      summary = "The revisions of a policy, drafts among them, the newest first")
  @APIResponseSchema(VersionView.Versions.class)
  public Uni<VersionView.Versions> versions(
      @PathParam("name") String name,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Page page = Page.of(limit, cursor);
    return transaction.run(
        caller.tenant(), session -> revisions.page(session, caller.tenant(), name, page));
  }

  @GET
  @Path("/{name}/versions/{revision}")
  @Requires(Permission.POLICIES_READ)
  @Operation(operationId = "getPolicyVersion", summary = "One revision with its document")
  @APIResponseSchema(VersionView.class)
  public Uni<VersionView> version(
      @PathParam("name") String name, @PathParam("revision") String revision) {
    int number = number(revision);
    return transaction.run(
        caller.tenant(), session -> revisions.one(session, caller.tenant(), name, number));
  }

  @GET
  @Path("/{name}/diff")
  @Requires(Permission.POLICIES_READ)
  @Operation(
      operationId = "diffPolicy",
      summary = "What changed between two revisions, rule by rule, in words",
      description = "By default from the revision in force to the newest.")
  @APIResponseSchema(DiffView.class)
  public Uni<DiffView> diff(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    Integer older = from == null ? null : number(from);
    Integer newer = to == null ? null : number(to);
    return transaction
        .run(caller.tenant(), session -> revisions.pair(caller.tenant(), name, older, newer))
        .chain(pair -> vertx.executeBlocking(() -> DiffView.of(pair), false));
  }

  @POST
  @Path("/{name}/publish")
  @Requires(Permission.POLICIES_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "publishPolicy",
      summary = "Put a revision in force for everybody, or for a share of the agents")
  @RequestBody(content = @Content(schema = @Schema(implementation = VersionView.Publish.class)))
  @APIResponseSchema(PolicyView.class)
  public Uni<Response> publish(@PathParam("name") String name, byte[] body) {
    RequestObject json = RequestObject.parse(body);
    Integer revision = json.number("revision", 1, Integer.MAX_VALUE);
    Integer percent = json.number("percent", 1, 99);
    if (!json.has("revision")) {
      json.fault("revision", "is required: the number of the revision to publish");
    }
    json.done();
    int which = revision == null ? 0 : revision;
    return writes.run(
        body,
        write ->
            (percent == null
                    ? publishing.publish(write, name, which)
                    : publishing.canary(write, name, which, percent))
                .call(() -> together.afterChange(write))
                .map(VersionResource::view));
  }

  @DELETE
  @Path("/{name}/canary")
  @Requires(Permission.POLICIES_WRITE)
  @Operation(
      operationId = "endPolicyCanary",
      summary = "Give every agent the revision in force again")
  @APIResponseSchema(PolicyView.class)
  public Uni<Response> endCanary(@PathParam("name") String name) {
    return writes.run(null, write -> publishing.endCanary(write, name).map(VersionResource::view));
  }

  @POST
  @Path("/{name}/rollback")
  @Requires(Permission.POLICIES_WRITE)
  @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
  @Operation(
      operationId = "rollBackPolicy",
      summary = "Put in force again what was in force before; twice goes back two steps")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = VersionView.RollBack.class)))
  @APIResponseSchema(PolicyView.class)
  public Uni<Response> rollBack(@PathParam("name") String name, byte @Nullable [] body) {
    RequestObject json = RequestObject.parseOptional(body);
    Integer revision = json.number("revision", 1, Integer.MAX_VALUE);
    json.done();
    return writes.run(
        body,
        write ->
            (revision == null
                    ? publishing.rollBack(write, name)
                    : publishing.rollBack(write, name, revision))
                .call(() -> together.afterChange(write))
                .map(VersionResource::view));
  }

  private static Outcome view(PolicyRow row) {
    return Outcome.ok(PolicyView.of(row, null));
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw RequestRefused.notFound("revision");
    }
    return Integer.parseInt(text);
  }
}
