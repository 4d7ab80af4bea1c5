package app.meshguard.audit.report;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The style sheet of report pages. It says nothing of anybody, so nobody has to say who they are.
 */
@Path("/admin/reports/report.css")
class ReportStyleResource {
  private final byte[] css;

  ReportStyleResource() {
    try (InputStream file =
        Objects.requireNonNull(
            ReportStyleResource.class.getResourceAsStream("/report/report.css"), "report.css")) {
      css = file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet cannot be read", e);
    }
  }

  @GET
  @Produces("text/css")
  @Operation(hidden = true)
  public Response get() {
    return Response.ok(css, "text/css; charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "max-age=3600")
        .build();
  }
}
