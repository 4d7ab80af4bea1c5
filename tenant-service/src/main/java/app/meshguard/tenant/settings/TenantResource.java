package app.meshguard.tenant.settings;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.tenant.write.Outcome;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.TenantWrites;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The tenant itself. */
@Path("/admin/tenant")
@Produces(MediaType.APPLICATION_JSON)
class TenantResource {
  private final TenantRows rows;
  private final TenantWrites writes;
  private final TenantTransaction transaction;
  private final Caller caller;

  TenantResource(
      TenantRows rows, TenantWrites writes, TenantTransaction transaction, Caller caller) {
    this.rows = rows;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.POLICIES_READ)
  @Operation(operationId = "getTenant", summary = "The tenant's settings")
  @APIResponseSchema(TenantView.class)
  public Uni<TenantView> get() {
    return transaction
        .run(caller.tenant(), session -> rows.findById(caller.tenant().value()))
        .map(TenantRow::view);
  }

  @PATCH
  @Requires(Permission.POLICIES_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "changeTenant", summary = "Change the settings that are given")
  @RequestBody(content = @Content(schema = @Schema(implementation = TenantView.Change.class)))
  @APIResponseSchema(TenantView.class)
  public Uni<Response> change(byte[] body) {
    RequestObject json = RequestObject.parse(body);
    return writes.run(
        body,
        write ->
            rows.findById(write.tenant().value())
                .map(
                    row -> {
                      TenantSettings settings = row.settings().patched(json);
                      json.done();
                      if (!settings.equals(row.settings())) {
                        row.change(settings);
                        write.changed(Section.DIRECTORY);
                      }
                      return Outcome.ok(row.view());
                    }));
  }
}
