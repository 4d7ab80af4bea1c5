package app.meshguard.audit.analytics;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Charts of the caller's tenant. */
@Path("/admin/analytics")
@NeedsAuditRead
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "analytics")
class AnalyticsResource {
  private final PostgresAnalytics analytics;
  private final AdminCaller caller;
  private final Clock clock;

  @Inject
  AnalyticsResource(PostgresAnalytics analytics, AdminCaller caller, Clock clock) {
    this.analytics = analytics;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Path("overview")
  @Operation(
      operationId = "analyticsOverview",
      summary = "The figures of a period beside those of the period before")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  public Overview overview(@Context UriInfo uri) {
    return analytics.overview(caller.tenant(), asked(uri, Set.of()).period());
  }

  @GET
  @Path("timeseries")
  @Operation(
      operationId = "analyticsTimeSeries",
      summary = "What was decided, hour by hour or day by day")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  @Parameter(
      name = "bucket",
      in = ParameterIn.QUERY,
      description = "day for 30d if absent, else hour",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"hour", "day"}))
  public TimeSeries timeSeries(@Context UriInfo uri) {
    Period.Asked asked = asked(uri, Set.of("bucket"));
    return analytics.timeSeries(caller.tenant(), asked.period(), asked.bucket());
  }

  @GET
  @Path("agents")
  @Operation(operationId = "analyticsAgents", summary = "The agents with most decisions")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "The longest list that is wanted",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
  public Rankings.Agents agents(@Context UriInfo uri) {
    Period.Asked asked = asked(uri, Set.of("limit"));
    return analytics.agents(caller.tenant(), asked.period(), asked.limit());
  }

  @GET
  @Path("policies")
  @Operation(operationId = "analyticsPolicies", summary = "The rules with most decisions")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "The longest list that is wanted",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
  public Rankings.Policies policies(@Context UriInfo uri) {
    Period.Asked asked = asked(uri, Set.of("limit"));
    return analytics.policies(caller.tenant(), asked.period(), asked.limit());
  }

  @GET
  @Path("trust-distribution")
  @Operation(
      operationId = "analyticsTrustDistribution",
      summary = "Agents and decisions by trust tier")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  public Rankings.Tiers trustDistribution(@Context UriInfo uri) {
    return analytics.tiers(caller.tenant(), asked(uri, Set.of()).period());
  }

  @GET
  @Path("delegations")
  @Operation(
      operationId = "analyticsDelegations",
      summary = "Who handed on to whom: messages between agents")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "The longest list that is wanted",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
  public Rankings.Delegations delegations(@Context UriInfo uri) {
    Period.Asked asked = asked(uri, Set.of("limit"));
    return analytics.delegations(caller.tenant(), asked.period(), asked.limit());
  }

  @GET
  @Path("latency-heatmap")
  @Operation(
      operationId = "analyticsLatencyHeatMap",
      summary = "How many decisions took how long, hour by hour or day by day")
  @Parameter(
      name = "period",
      in = ParameterIn.QUERY,
      description = "The time up to now",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"24h", "7d", "30d"},
              defaultValue = "24h"))
  @Parameter(
      name = "bucket",
      in = ParameterIn.QUERY,
      description = "day for 30d if absent, else hour",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"hour", "day"}))
  public HeatMap latencyHeatMap(@Context UriInfo uri) {
    Period.Asked asked = asked(uri, Set.of("bucket"));
    return analytics.heatMap(caller.tenant(), asked.period(), asked.bucket());
  }

  private Period.Asked asked(UriInfo uri, Set<String> also) {
    return Period.read(uri.getQueryParameters(), also, clock);
  }
}
