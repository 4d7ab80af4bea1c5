package app.meshguard.tenant.bundle;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.token.SigningKeys;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.RevocationsSection;
import app.meshguard.wire.bundle.Versions;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** What a decision replica fetches, signed with this service's identity. */
@Path("/internal/bundles")
@Produces(MediaType.APPLICATION_JSON)
class BundleResource {
  private final SectionReader sections;
  private final ServiceIdentity identity;
  private final SigningKeys keys;

  BundleResource(SectionReader sections, ServiceIdentity identity, SigningKeys keys) {
    this.sections = sections;
    this.identity = identity;
    this.keys = keys;
  }

  @GET
  @CalledBy("decision-service")
  @Operation(operationId = "bundleVersions", summary = "What there is to fetch, of every tenant")
  @APIResponseSchema(Versions.class)
  public Uni<Response> versions() {
    return sections.versions().map(all -> signed(new Versions(keys.version(), all)));
  }

  @GET
  @Path("/{tenantId}/policies")
  @CalledBy({"decision-service", "audit-service"})
  @Operation(operationId = "policiesSection", summary = "The policies of a tenant, signed")
  @APIResponseSchema(PoliciesSection.class)
  public Uni<Response> policies(@PathParam("tenantId") String tenantId) {
    return sections.policies(tenant(tenantId)).map(this::signed);
  }

  @GET
  @Path("/{tenantId}/directory")
  @CalledBy("decision-service")
  @Operation(operationId = "directorySection", summary = "Agents, keys and targets, signed")
  @APIResponseSchema(DirectorySection.class)
  public Uni<Response> directory(@PathParam("tenantId") String tenantId) {
    return sections.directory(tenant(tenantId)).map(this::signed);
  }

  @GET
  @Path("/{tenantId}/revocations")
  @CalledBy("decision-service")
  @Operation(operationId = "revocationsSection", summary = "What must not be accepted, signed")
  @APIResponseSchema(RevocationsSection.class)
  public Uni<Response> revocations(@PathParam("tenantId") String tenantId) {
    return sections.revocations(tenant(tenantId)).map(this::signed);
  }

  private static TenantId tenant(String text) {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.notFound("tenant");
    }
  }

  private Response signed(@Nullable Object section) {
    if (section == null) {
      throw RequestRefused.notFound("tenant");
    }
    try {
      byte[] body = Json.MAPPER.writeValueAsBytes(section);
      return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
          .header(ServiceHeaders.SIGNATURE, identity.sign(body))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a section", e);
    }
  }
}
