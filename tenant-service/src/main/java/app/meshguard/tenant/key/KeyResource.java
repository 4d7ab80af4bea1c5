package app.meshguard.tenant.key;

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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** API keys of agents and tokens of admins. */
@Path("/admin/keys")
@Produces(MediaType.APPLICATION_JSON)
class KeyResource {
  private final Keys keys;
  private final KeyRows rows;
  private final TenantWrites writes;
  private final TenantTransaction transaction;
  private final Caller caller;
  private final Clock clock;

  KeyResource(
      Keys keys,
      KeyRows rows,
      TenantWrites writes,
      TenantTransaction transaction,
      Caller caller,
      Clock clock) {
    this.keys = keys;
    this.rows = rows;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Requires(Permission.AGENTS_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "createKey", summary = "Create a key; its text is shown once")
  @RequestBody(content = @Content(schema = @Schema(implementation = KeyView.CreateKey.class)))
  @APIResponseSchema(value = KeyView.class, responseCode = "201")
  public Uni<Response> create(byte[] body) {
    RequestObject json = RequestObject.parse(body);
    KeyGrant grant = KeyGrant.read(json, clock.instant());
    json.done();
    List<String> makersPermissions = caller.identity().permissions();
    return writes.run(
        body,
        write ->
            keys.create(write, grant, makersPermissions)
                .map(created -> Outcome.created(created.row().view(created.key().text()), "key")));
  }

  @GET
  @Requires(Permission.AGENTS_READ)
  @Operation(operationId = "listKeys", summary = "List the keys that are not revoked, by hint")
  @APIResponseSchema(KeyView.KeyList.class)
  public Uni<KeyView.KeyList> list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    Page page = Page.of(limit, cursor);
    return transaction
        .run(caller.tenant(), session -> rows.page(caller.tenant(), page))
        .map(
            found ->
                new KeyView.KeyList(
                    page.cut(found).stream().map(row -> row.view(null)).toList(),
                    page.next(found, KeyRow::id)));
  }

  @DELETE
  @Path("/{id}")
  @Requires(Permission.AGENTS_DELETE)
  @Operation(operationId = "revokeKey", summary = "Revoke a key for good")
  @APIResponseSchema(KeyView.class)
  public Uni<Response> revoke(@PathParam("id") String id) {
    return writes.run(
        null,
        write ->
            rows.get(write.tenant(), id)
                .chain(row -> keys.revoke(write, row))
                .map(row -> Outcome.ok(row.view(null))));
  }
}
