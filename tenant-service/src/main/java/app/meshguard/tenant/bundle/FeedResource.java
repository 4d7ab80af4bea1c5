package app.meshguard.tenant.bundle;

import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The stream of changes, and what the replicas say that they have of it. */
@Path("/internal/feed")
class FeedResource {
  private final FeedHub hub;
  private final Subscribers subscribers;
  private final ChangeListener listener;
  private final Acknowledgements acknowledgements;
  private final Pool pool;

  FeedResource(
      FeedHub hub,
      Subscribers subscribers,
      ChangeListener listener,
      Acknowledgements acknowledgements,
      Pool pool) {
    this.hub = hub;
    this.subscribers = subscribers;
    this.listener = listener;
    this.acknowledgements = acknowledgements;
    this.pool = pool;
  }

  @GET
  @CalledBy("decision-service")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "feed",
      summary = "Server-sent events: change at each management write, heartbeat every 250 ms")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING)))
  public Multi<OutboundSseEvent> feed(
      @QueryParam("replica") @Nullable String replica, @Context Sse sse) {
    if (replica == null || !replica.matches("[0-9A-Za-z._:-]{1,128}")) {
      throw RequestRefused.invalid("replica", "must be 1 to 128 of 0-9 A-Z a-z . _ : -");
    }
    if (!listener.live()) {
      throw new RequestRefused(
          ProblemCode.UNAVAILABLE, "This replica does not hear of changes now. Try again.");
    }
    return subscribers
        .add(replica)
        .onItem()
        .transformToMulti(
            subscription ->
                hub.events()
                    .onTermination()
                    .call(() -> subscribers.remove(subscription).onFailure().recoverWithNull()))
        .map(event -> event(sse, event));
  }

  private static OutboundSseEvent event(Sse sse, Object data) {
    return sse.newEventBuilder()
        .name(data instanceof FeedEvent ? "change" : "heartbeat")
        .data(Json.write(data))
        .build();
  }

  @POST
  @Path("/ack")
  @CalledBy("decision-service")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "acknowledge", summary = "What a replica decides with from now on")
  @RequestBody(content = @Content(schema = @Schema(implementation = FeedAck.class)))
  @APIResponse(responseCode = "204", description = "Taken")
  public Uni<Response> acknowledge(byte[] body) {
    FeedAck ack = read(body);
    acknowledgements.accept(ack);
    return pool.preparedQuery("select cast(pg_notify($1, $2) as text)")
        .execute(Tuple.of(Channels.ACKS, Json.write(ack)))
        .map(sent -> Response.noContent().build());
  }

  private static FeedAck read(byte[] body) {
    RequestObject json = RequestObject.parse(body);
    String replica = json.requiredText("replica", 128);
    String tenant = json.requiredText("tenantId", 20);
    long policies = version(json, "policies");
    long directory = version(json, "directory");
    long revocations = version(json, "revocations");
    json.done();
    try {
      return new FeedAck(replica, new TenantId(tenant), policies, directory, revocations);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid("tenantId", "is not a tenant id");
    }
  }

  private static long version(RequestObject json, String section) {
    Integer version = json.number(section, 0, Integer.MAX_VALUE);
    return version == null ? 0 : version;
  }
}
