package app.meshguard.tenant.settings;

import app.meshguard.tenant.outbox.Change;
import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.tenant.write.Outcome;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.TenantWrites;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private final RetentionConfig retention;

  TenantResource(
      TenantRows rows,
      TenantWrites writes,
      TenantTransaction transaction,
      Caller caller,
      RetentionConfig retention) {
    this.rows = rows;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
    this.retention = retention;
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
                      TenantSettings settings = row.settings().patched(json, row.plan(), retention);
                      json.done();
                      if (!settings.equals(row.settings())) {
                        Object before = recorded(row);
                        if (!settings.decidesAs(row.settings())) {
                          write.changed(Section.DIRECTORY);
                        }
                        row.change(settings);
                        write.record(
                            new Change("tenant.changed", target(row), before, recorded(row)));
                      }
                      return Outcome.ok(row.view());
                    }));
  }

  private static Change.Target target(TenantRow row) {
    return new Change.Target("tenant", row.view().orgId(), row.settings().name());
  }

  /** Without the address of a person, which no change of settings is about. */
  private static Object recorded(TenantRow row) {
    ObjectNode view = Json.MAPPER.valueToTree(row.view());
    view.remove("email");
    return view;
  }
}
