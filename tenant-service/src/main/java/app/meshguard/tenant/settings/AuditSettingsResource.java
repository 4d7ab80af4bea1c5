package app.meshguard.tenant.settings;

import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Tells the audit-service how long to keep what, and where a person is named. */
@Path("/internal/audit-settings")
class AuditSettingsResource {
  private static final String NDJSON = "application/x-ndjson";
  private static final String SELECT =
      "select tenant_id, plan, retention_days, erasure_paths from tenants";

  private final Pool pool;

  AuditSettingsResource(@ReactiveDataSource("feed") Pool pool) {
    this.pool = pool;
  }

  @GET
  @Path("/{tenantId}")
  @CalledBy("audit-service")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "auditSettings", summary = "What a tenant's records are kept by")
  @APIResponseSchema(AuditSettingsView.class)
  public Uni<AuditSettingsView> one(@PathParam("tenantId") String tenantId) {
    return pool.preparedQuery(SELECT + " where tenant_id = $1")
        .execute(Tuple.of(tenantId))
        .map(
            rows -> {
              if (!rows.iterator().hasNext()) {
                throw RequestRefused.notFound("tenant");
              }
              return view(rows.iterator().next());
            });
  }

  @GET
  @CalledBy("audit-service")
  @Produces(NDJSON)
  @Operation(
      operationId = "allAuditSettings",
      summary = "The same of every tenant, one to a line, by tenant id")
  @APIResponse(
      responseCode = "200",
      content = @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)))
  public Uni<String> all() {
    return pool.query(SELECT + " order by tenant_id")
        .execute()
        .map(
            rows -> {
              StringBuilder lines = new StringBuilder();
              rows.forEach(row -> lines.append(Json.write(view(row))).append('\n'));
              return lines.toString();
            });
  }

  private static AuditSettingsView view(Row row) {
    return new AuditSettingsView(
        new TenantId(row.getString(0)),
        row.getString(1),
        row.getInteger(2),
        Json.texts(row.getString(3)));
  }
}
