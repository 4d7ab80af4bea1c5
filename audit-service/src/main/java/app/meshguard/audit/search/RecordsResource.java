package app.meshguard.audit.search;

import app.meshguard.audit.credential.FromTenantService;
import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The decisions of a period for the tenant-service, which replays them against a draft. */
@Path("/internal/records")
@FromTenantService
@RunOnVirtualThread
@Tag(name = "internal")
class RecordsResource {
  static final String MEDIA_TYPE = "application/x-ndjson";

  private final PostgresEntryStore store;

  @Inject
  RecordsResource(PostgresEntryStore store) {
    this.store = store;
  }

  @GET
  @Path("{tenantId}")
  @Produces(MEDIA_TYPE)
  @Operation(
      operationId = "readRecords",
      summary = "A tenant's decisions of a period, oldest first, one exact record to a line",
      description =
          "For the tenant-service. A page ends at the limit or after some megabytes, whichever"
              + " comes first. A tenant that has no entry at all is not known here: 404.")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      required = true,
      description = "The first moment that counts: RFC 3339, or a date (its first moment, UTC)",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      required = true,
      description =
          "The first moment that does not count: RFC 3339, or a date (which counts whole, UTC)",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "The X-MeshGuard-Next-Cursor of the page before",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "The longest page that is wanted",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "2000", defaultValue = "500"))
  @APIResponse(
      responseCode = "200",
      description = "The page",
      headers =
          @Header(
              name = ServiceHeaders.NEXT_CURSOR,
              description = "The cursor of the next page; absent on the last one",
              schema = @Schema(implementation = String.class)),
      content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = String.class)))
  public Response records(@PathParam("tenantId") String tenantId, @Context UriInfo uri) {
    TenantId tenant = tenant(tenantId).orElseThrow(RecordsResource::unknown);
    RecordPeriod period = RecordPeriod.read(uri.getQueryParameters(), tenant);
    RecordPage page = store.decisions(tenant, period).orElseThrow(RecordsResource::unknown);
    Response.ResponseBuilder answer = Response.ok(page.lines(), MEDIA_TYPE);
    if (page.next() != null) {
      answer.header(ServiceHeaders.NEXT_CURSOR, page.next().text(tenant, RecordPeriod.SCOPE));
    }
    return answer.build();
  }

  private static Optional<TenantId> tenant(String text) {
    try {
      return Optional.of(new TenantId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Refused unknown() {
    return Refused.notFound("The log holds nothing of such a tenant.");
  }
}
