package app.meshguard.audit.stats;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.platform.QueryParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sums over the log of the caller's tenant. */
@Path("/admin/audit/stats")
@NeedsAuditRead
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
class StatsResource {
  private static final Duration USUAL_PERIOD = Duration.ofHours(24);

  private final PostgresAuditStatistics statistics;
  private final AdminCaller caller;
  private final Clock clock;

  @Inject
  StatsResource(PostgresAuditStatistics statistics, AdminCaller caller, Clock clock) {
    this.statistics = statistics;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "entryStats",
      summary = "What was decided in a period: by decision, agent, rule and action, and how fast")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description =
          "The first moment that counts: RFC 3339, or a date; 24 hours before to if absent",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description =
          "The first moment that does not count: RFC 3339, or a date (which counts whole); now if absent",
      schema = @Schema(implementation = String.class))
  public AuditStats stats(@Context UriInfo uri) {
    QueryParameters parameters =
        new QueryParameters(uri.getQueryParameters(), Set.of("from", "to"));
    Instant from = parameters.from("from");
    Instant to = parameters.to("to");
    // What was decided in this very microsecond counts too.
    Instant end = to == null ? clock.instant().truncatedTo(ChronoUnit.MICROS).plusNanos(1_000) : to;
    Instant start = from == null ? end.minus(USUAL_PERIOD) : from;
    if (!start.isBefore(end)) {
      parameters.fault("from", "is not before to.");
    }
    parameters.check();
    return statistics.of(caller.tenant(), start, end);
  }
}
