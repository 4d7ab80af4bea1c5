package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.tenant.write.Outcome;
import app.meshguard.tenant.write.TenantWrites;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** Where the gateway forwards calls to. */
@Path("/admin/targets")
@Produces(MediaType.APPLICATION_JSON)
class TargetResource {
  private final Targets targets;
  private final TargetRows rows;
  private final TenantWrites writes;
  private final TenantTransaction transaction;
  private final Caller caller;

  TargetResource(
      Targets targets,
      TargetRows rows,
      TenantWrites writes,
      TenantTransaction transaction,
      Caller caller) {
    this.targets = targets;
    this.rows = rows;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
  }

  @POST
  @Requires(Permission.POLICIES_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "createTarget", summary = "Create a target; the first is primary")
  @RequestBody(content = @Content(schema = @Schema(implementation = TargetView.WriteTarget.class)))
  @APIResponseSchema(value = TargetView.class, responseCode = "201")
  public Uni<Response> create(byte[] body) {
    RequestObject json = RequestObject.parse(body);
    return writes.run(
        body, write -> targets.create(write, json).map(row -> Outcome.created(row.view())));
  }

  @GET
  @Requires(Permission.POLICIES_READ)
  @Operation(operationId = "listTargets", summary = "List targets in order of creation")
  @APIResponseSchema(TargetView.TargetList.class)
  public Uni<TargetView.TargetList> list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    Page page = Page.of(limit, cursor);
    return transaction
        .run(caller.tenant(), session -> rows.page(caller.tenant(), page))
        .map(
            found ->
                new TargetView.TargetList(
                    page.cut(found).stream().map(TargetRow::view).toList(),
                    page.next(found, TargetRow::id)));
  }

  @GET
  @Path("/{id}")
  @Requires(Permission.POLICIES_READ)
  @Operation(operationId = "getTarget", summary = "One target; header values are never answered")
  @APIResponseSchema(TargetView.class)
  public Uni<TargetView> get(@PathParam("id") String id) {
    return transaction
        .run(caller.tenant(), session -> rows.get(caller.tenant(), id))
        .map(TargetRow::view);
  }

  @PATCH
  @Path("/{id}")
  @Requires(Permission.POLICIES_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeTarget",
      summary = "Change what is given; headers are merged, and null removes one")
  @RequestBody(content = @Content(schema = @Schema(implementation = TargetView.WriteTarget.class)))
  @APIResponseSchema(TargetView.class)
  public Uni<Response> change(@PathParam("id") String id, byte[] body) {
    RequestObject json = RequestObject.parse(body);
    return writes.run(
        body,
        write ->
            rows.get(write.tenant(), id)
                .chain(row -> targets.change(write, row, json))
                .map(row -> Outcome.ok(row.view())));
  }

  @DELETE
  @Path("/{id}")
  @Requires(Permission.POLICIES_DELETE)
  @Operation(operationId = "deleteTarget", summary = "Delete a target with its credentials")
  @APIResponseSchema(TargetView.Deleted.class)
  public Uni<Response> delete(@PathParam("id") String id) {
    return writes.run(
        null,
        write ->
            rows.get(write.tenant(), id)
                .chain(row -> targets.delete(write, row))
                .map(row -> Outcome.ok(new TargetView.Deleted(row.id(), "deleted", null))));
  }
}
