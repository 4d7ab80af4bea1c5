package app.meshguard.tenant.key;

import app.meshguard.tenant.outbox.KeyUses;
import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.TenantId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Hears from the decision-service which keys were used. */
@Path("/internal/key-use")
class KeyUseResource {
  private static final int MOST = 1_000;

  private final KeyUses uses;

  KeyUseResource(KeyUses uses) {
    this.uses = uses;
  }

  /** One entry of the body, as the OpenAPI document shows it. */
  @RegisterForReflection
  @Schema(name = "KeyUse")
  record KeyUse(String tenantId, String keyId, @Schema(format = "date-time") String lastUsedAt) {}

  @POST
  @CalledBy("decision-service")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "keysUsed",
      summary = "When keys were last used; later than what is known, or nothing changes")
  @RequestBody(
      content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = KeyUse.class)))
  @APIResponse(responseCode = "204", description = "Taken")
  public Uni<Response> used(byte[] body) {
    Map<TenantId, Map<String, Instant>> byTenant = new HashMap<>();
    for (RequestObject use : RequestObject.parseList(body, MOST)) {
      String tenant = use.requiredText("tenantId", 20);
      String key = use.requiredText("keyId", 16);
      Instant at = use.time("lastUsedAt");
      if (at == null && !use.has("lastUsedAt")) {
        use.fault("lastUsedAt", "is required");
      }
      use.done();
      if (at != null) {
        byTenant
            .computeIfAbsent(id(tenant), id -> new HashMap<>())
            .merge(key, at, (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return Multi.createFrom()
        .iterable(byTenant.entrySet())
        .onItem()
        .transformToUniAndConcatenate(entry -> uses.used(entry.getKey(), entry.getValue()))
        .collect()
        .last()
        .replaceWith(Response.noContent().build());
  }

  private static TenantId id(String text) {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid("tenantId", "is not a tenant id");
    }
  }
}
