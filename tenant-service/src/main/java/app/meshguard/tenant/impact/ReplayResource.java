package app.meshguard.tenant.impact;

import app.meshguard.tenant.engine.PastTenants;
import app.meshguard.tenant.engine.PastTenants.Past;
import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Decides a past decision again, for the audit-service, which explains it to people. */
@Path("/internal/replays")
class ReplayResource {
  private static final List<String> NOTHING_DECIDED =
      List.of("The credential was refused before any policy was asked: nothing was decided.");

  private final PastTenants tenants;
  private final TenantTransaction transaction;
  private final Vertx vertx;
  private final String release;

  ReplayResource(
      PastTenants tenants,
      TenantTransaction transaction,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.application.version") String release) {
    this.tenants = tenants;
    this.transaction = transaction;
    this.vertx = vertx;
    this.release = release;
  }

  @POST
  @Path("/{tenantId}")
  @CalledBy("audit-service")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "replayDecision",
      summary = "Decide a recorded decision again, under what was in force when it was made")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, description = "the exact record")))
  @APIResponseSchema(ReplayView.class)
  public Uni<ReplayView> replay(@PathParam("tenantId") String tenantId, byte[] body) {
    TenantId tenant = tenant(tenantId);
    PastDecision decision = PastDecision.read(body);
    if (!tenantId.equals(decision.tenantId())) {
      throw RequestRefused.invalid("tenantId", "is not the tenant that the path names");
    }
    long policies = decision.version("policies");
    long directory = decision.version("directory");
    return transaction
        .run(tenant, session -> tenants.at(session, tenant, policies, directory))
        .chain(
            past ->
                decision.isRefusal()
                    ? Uni.createFrom().item(ReplayView.not(NOTHING_DECIDED))
                    : replay(decision, past));
  }

  private Uni<ReplayView> replay(PastDecision decision, Past past) {
    return switch (past) {
      case Past.Known known ->
          vertx.executeBlocking(() -> decision.replay(known.tenant(), release), false);
      case Past.Unknown unknown -> Uni.createFrom().item(ReplayView.not(unknown.why()));
    };
  }

  private static TenantId tenant(String text) {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.notFound("tenant");
    }
  }
}
