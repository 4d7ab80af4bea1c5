package app.meshguard.tenant.authoring;

import app.meshguard.tenant.engine.EngineTenants;
import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.TenantTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Policies before they are in force. */
@Path("/admin/policies")
@Produces(MediaType.APPLICATION_JSON)
class AuthoringResource {
  private static final String YAML = "application/yaml";

  private final Trials trials;
  private final EngineTenants tenants;
  private final TenantTransaction transaction;
  private final Caller caller;
  private final Vertx vertx;

  AuthoringResource(
      Trials trials,
      EngineTenants tenants,
      TenantTransaction transaction,
      Caller caller,
      Vertx vertx) {
    this.trials = trials;
    this.tenants = tenants;
    this.transaction = transaction;
    this.caller = caller;
    this.vertx = vertx;
  }

  @POST
  @Path("/validate")
  @Requires(Permission.POLICIES_READ)
  @Consumes({YAML, "application/x-yaml", "text/yaml", "text/x-yaml", MediaType.TEXT_PLAIN})
  @Operation(
      operationId = "validatePolicies",
      summary = "Find what an apply would find wrong, without storing anything")
  @RequestBody(content = @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING)))
  @APIResponseSchema(Validation.class)
  public Uni<Validation> validate(byte @Nullable [] body) {
    return transaction
        .run(caller.tenant(), session -> tenants.of(session, caller.tenant()))
        .chain(tenant -> vertx.executeBlocking(() -> Validation.of(body, tenant), false));
  }

  @POST
  @Path("/lint")
  @Requires(Permission.POLICIES_READ)
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "lintPolicies",
      summary = "Find what can be read and is hardly meant, in the body or in what is in force")
  @RequestBody(
      required = false,
      content = @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING)))
  @APIResponseSchema(LintView.class)
  public Uni<Map<String, Object>> lint(byte @Nullable [] body) {
    return trials.lint(caller.tenant(), body);
  }

  @POST
  @Path("/test")
  @Requires(Permission.POLICIES_READ)
  @Consumes({MediaType.APPLICATION_JSON, YAML, "application/x-yaml", "text/yaml", "text/x-yaml"})
  @Operation(
      operationId = "testPolicies",
      summary = "Try one call, or run a YAML file of tests; nothing is recorded or counted",
      description =
          "A JSON body is one call, answered with its explanation. A YAML body is a file of tests,"
              + " run against the policies in it, or else against those in force, and answered"
              + " with what passed and what failed, case by case.")
  @RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TrialRequest.class)),
        @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(
      responseCode = "200",
      description = "What would be decided, or what passed and failed",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(oneOf = {TrialView.class, TestFileView.class})))
  public Uni<?> test(@Context HttpHeaders headers, byte @Nullable [] body) {
    MediaType type = headers.getMediaType();
    return type != null && type.getSubtype().contains("yaml")
        ? trials.file(caller.tenant(), body)
        : trials.call(caller.tenant(), TrialRequest.read(RequestObject.parse(body)));
  }

  @POST
  @Path("/explain")
  @Requires(Permission.POLICIES_READ)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "explainCall",
      summary = "Why a call is decided as it is, and the smallest change that would be allowed")
  @RequestBody(content = @Content(schema = @Schema(implementation = TrialRequest.class)))
  @APIResponseSchema(TrialView.class)
  public Uni<TrialView> explain(byte @Nullable [] body) {
    return trials.call(caller.tenant(), TrialRequest.read(RequestObject.parse(body)));
  }
}
