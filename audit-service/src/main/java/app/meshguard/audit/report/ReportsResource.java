package app.meshguard.audit.report;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports for auditors, as JSON and as pages that print. */
@Path("/admin/reports")
@NeedsAuditRead
@RunOnVirtualThread
@Tag(name = "reports")
class ReportsResource {
  // The page has nothing of its own but its style sheet.
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final String HTML = "text/html; charset=utf-8";

  private final Reports reports;
  private final AdminCaller caller;
  private final Clock clock;

  @Inject
  ReportsResource(Reports reports, AdminCaller caller, Clock clock) {
    this.reports = reports;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Path("{report: [a-z-]+}")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  @Operation(
      operationId = "getReport",
      summary = "A report on a period: JSON, or a page where text/html is accepted")
  @Parameter(
      name = "report",
      in = ParameterIn.PATH,
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"summary", "audit-trail", "agent-governance", "policy-coverage"}))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description =
          "The first moment that counts: RFC 3339, or a date; 30 days before to if absent",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description =
          "The first moment that does not count: RFC 3339, or a date (which counts whole); now if"
              + " absent",
      schema = @Schema(implementation = String.class))
  @APIResponse(
      responseCode = "200",
      description = "The report",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Report.class)),
        @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class))
      })
  public Response get(
      @PathParam("report") String name, @Context UriInfo uri, @Context HttpHeaders headers) {
    Report report = report(name, uri);
    return wantsPage(headers) ? page(report) : Response.ok(report, "application/json").build();
  }

  @GET
  @Path("{report: [a-z-]+}.html")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response page(@PathParam("report") String name, @Context UriInfo uri) {
    return page(report(name, uri));
  }

  private Report report(String name, UriInfo uri) {
    ReportPeriod period = ReportPeriod.read(uri.getQueryParameters(), clock.instant());
    return reports.make(name, caller.tenant(), period);
  }

  /** Who accepts anything gets JSON; browsers name HTML first. */
  private static boolean wantsPage(HttpHeaders headers) {
    for (MediaType accepted : headers.getAcceptableMediaTypes()) {
      if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (accepted.isCompatible(MediaType.TEXT_HTML_TYPE)) {
        return true;
      }
    }
    return false;
  }

  private static Response page(Report report) {
    return Response.ok(ReportTemplates.report(report).render(), HTML)
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .build();
  }
}
