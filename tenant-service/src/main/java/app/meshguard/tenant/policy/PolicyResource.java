package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.Permission;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Policies, by name. */
@Path("/admin/policies")
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {
  private final Policies policies;
  private final PolicyRows rows;
  private final RevisionRows revisions;
  private final TenantWrites writes;
  private final TenantTransaction transaction;
  private final Caller caller;
  private final Vertx vertx;

  PolicyResource(
      Policies policies,
      PolicyRows rows,
      RevisionRows revisions,
      TenantWrites writes,
      TenantTransaction transaction,
      Caller caller,
      Vertx vertx) {
    this.policies = policies;
    this.rows = rows;
    this.revisions = revisions;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
    this.vertx = vertx;
  }

  @POST
  @Requires(Permission.POLICIES_WRITE)
  @Consumes({
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
    MediaType.TEXT_PLAIN
  })
  @Operation(
      operationId = "applyPolicies",
      summary =
          "Apply one or more YAML documents, all or none; each change is a new revision,"
              + " with publish=false a draft")
  @RequestBody(
      content = {
        @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = "text/yaml", schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponseSchema(value = PolicyView.AppliedPolicies.class, responseCode = "200")
  public Uni<Response> apply(@QueryParam("publish") @Nullable String publish, byte[] body) {
    boolean inForce = flag("publish", publish, true);
    // A long text takes long to check: not on an event loop.
    return vertx
        .executeBlocking(() -> PolicyText.check(body), false)
        .chain(
            documents ->
                writes.run(
                    body,
                    write ->
                        policies
                            .apply(write, documents, inForce)
                            .map(all -> Outcome.ok(new PolicyView.AppliedPolicies(all, null)))));
  }

  @GET
  @Requires(Permission.POLICIES_READ)
  @Operation(
      operationId = "listPolicies",
      summary = "List the policies by name: those in force, or with status=all all of them")
  @APIResponseSchema(PolicyView.PolicyList.class)
  public Uni<PolicyView.PolicyList> list(
      @QueryParam("status") @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    if (status != null && !status.equals("in_force") && !status.equals("all")) {
      throw RequestRefused.invalid("status", "must be in_force or all");
    }
    boolean onlyInForce = !"all".equals(status);
    Page page = Page.of(limit, cursor);
    return transaction
        .run(caller.tenant(), session -> rows.page(caller.tenant(), onlyInForce, page))
        .map(
            found ->
                new PolicyView.PolicyList(
                    page.cut(found).stream().map(row -> PolicyView.of(row, null)).toList(),
                    page.next(found, PolicyRow::id)));
  }

  @GET
  @Path("/{name}")
  @Requires(Permission.POLICIES_READ)
  @Operation(operationId = "getPolicy", summary = "One policy with its document")
  @APIResponseSchema(PolicyView.class)
  public Uni<PolicyView> get(@PathParam("name") String name) {
    return transaction.run(
        caller.tenant(),
        session ->
            rows.inForce(caller.tenant(), name)
                .chain(
                    row ->
                        revisions
                            .get(caller.tenant(), row.id(), row.revision())
                            .map(revision -> PolicyView.of(row, revision.document()))));
  }

  @DELETE
  @Path("/{name}")
  @Requires(Permission.POLICIES_DELETE)
  @Operation(
      operationId = "deletePolicy",
      summary = "Take a policy out of force; a later apply of its name counts its revisions on")
  @APIResponseSchema(PolicyView.Deleted.class)
  public Uni<Response> delete(@PathParam("name") String name) {
    return writes.run(
        null,
        write ->
            policies
                .delete(write, name)
                .map(
                    row ->
                        Outcome.ok(
                            new PolicyView.Deleted(
                                row.id(), row.name(), row.revision(), "deleted", null))));
  }

  private static boolean flag(String name, @Nullable String value, boolean otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (!value.equals("true") && !value.equals("false")) {
      throw RequestRefused.invalid(name, "must be true or false");
    }
    return value.equals("true");
  }
}
