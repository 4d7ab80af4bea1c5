package app.meshguard.tenant.agent;

import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Page;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.tenant.write.Outcome;
import app.meshguard.tenant.write.TenantWrites;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The registry of agents. */
@Path("/admin/agents")
@Produces(MediaType.APPLICATION_JSON)
class AgentResource {
  private final Agents agents;
  private final AgentRows rows;
  private final TokenRequests tokenRequests;
  private final TenantWrites writes;
  private final TenantTransaction transaction;
  private final Caller caller;
  private final Clock clock;

  AgentResource(
      Agents agents,
      AgentRows rows,
      TokenRequests tokenRequests,
      TenantWrites writes,
      TenantTransaction transaction,
      Caller caller,
      Clock clock) {
    this.agents = agents;
    this.rows = rows;
    this.tokenRequests = tokenRequests;
    this.writes = writes;
    this.transaction = transaction;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Requires(Permission.AGENTS_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "createAgent", summary = "Create an agent; answers its first token")
  @RequestBody(content = @Content(schema = @Schema(implementation = AgentRequests.Create.class)))
  @APIResponseSchema(value = AgentView.class, responseCode = "201")
  public Uni<Response> create(byte[] body) {
    RequestObject json = RequestObject.parse(body);
    AgentDetails details = AgentDetails.read(json, clock.instant());
    json.done();
    return writes.run(
        body,
        write ->
            agents
                .create(write, details)
                .map(
                    created ->
                        Outcome.created(
                            AgentView.of(
                                created.row(),
                                created.token().token(),
                                created.token().expiresAt().toString()),
                            "token")));
  }

  @GET
  @Requires(Permission.AGENTS_READ)
  @Operation(
      operationId = "listAgents",
      summary = "List agents in order of creation; revoked ones only with status=revoked or all")
  @APIResponseSchema(AgentView.AgentList.class)
  public Uni<AgentView.AgentList> list(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("status") @Nullable String status) {
    Page page = Page.of(limit, cursor);
    List<String> statuses = statuses(status);
    return transaction
        .run(caller.tenant(), session -> rows.page(caller.tenant(), page, statuses))
        .map(
            found ->
                new AgentView.AgentList(
                    page.cut(found).stream().map(AgentView::of).toList(),
                    page.next(found, AgentRow::id)));
  }

  private static List<String> statuses(@Nullable String status) {
    return switch (status) {
      case null -> List.of(AgentRow.ACTIVE, AgentRow.SUSPENDED);
      case "all" -> List.of(AgentRow.ACTIVE, AgentRow.SUSPENDED, AgentRow.REVOKED);
      case AgentRow.ACTIVE, AgentRow.SUSPENDED, AgentRow.REVOKED -> List.of(status);
      default ->
          throw RequestRefused.invalid("status", "must be one of active, suspended, revoked, all");
    };
  }

  @GET
  @Path("/{id}")
  @Requires(Permission.AGENTS_READ)
  @Operation(operationId = "getAgent", summary = "One agent, also a revoked one")
  @APIResponseSchema(AgentView.class)
  public Uni<AgentView> get(@PathParam("id") String id) {
    return transaction
        .run(caller.tenant(), session -> rows.get(caller.tenant(), id))
        .map(AgentView::of);
  }

  @PATCH
  @Path("/{id}")
  @Requires(Permission.AGENTS_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeAgent",
      summary = "Change what is given; status active or suspended; null clears an optional field")
  @RequestBody(content = @Content(schema = @Schema(implementation = AgentRequests.Change.class)))
  @APIResponseSchema(AgentView.class)
  public Uni<Response> change(@PathParam("id") String id, byte[] body) {
    RequestObject json = RequestObject.parse(body);
    return writes.run(
        body,
        write ->
            rows.get(write.tenant(), id)
                .chain(
                    row -> {
                      AgentDetails details = row.details().patched(json, write.now());
                      String status =
                          json.choice("status", List.of(AgentRow.ACTIVE, AgentRow.SUSPENDED));
                      json.done();
                      return agents.change(
                          write, row, details, status == null ? row.status() : status);
                    })
                .map(row -> Outcome.ok(AgentView.of(row))));
  }

  @DELETE
  @Path("/{id}")
  @Requires(Permission.AGENTS_DELETE)
  @Operation(
      operationId = "revokeAgent",
      summary = "Revoke an agent for good: none of its credentials is accepted any more")
  @APIResponseSchema(AgentView.class)
  public Uni<Response> revoke(@PathParam("id") String id) {
    return writes.run(
        null,
        write ->
            rows.get(write.tenant(), id)
                .chain(row -> agents.revoke(write, row))
                .map(row -> Outcome.ok(AgentView.of(row))));
  }

  @POST
  @Path("/{id}/token")
  @Requires(Permission.AGENTS_WRITE)
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "issueAgentToken", summary = "A new token for an agent, shown once")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AgentRequests.Token.class)))
  @APIResponseSchema(value = AgentView.TokenView.class, responseCode = "201")
  public Uni<Response> token(@PathParam("id") String id, byte[] body) {
    TokenRequests.Request request = tokenRequests.read(RequestObject.parseOptional(body));
    return writes.run(
        body,
        write ->
            rows.get(write.tenant(), id)
                .map(row -> agents.newToken(write, row, request.lifetime(), request.revokeOlder()))
                .map(
                    token ->
                        Outcome.created(
                            new AgentView.TokenView(
                                id, token.token(), token.jti(), token.expiresAt().toString(), null),
                            "token")));
  }

  @DELETE
  @Path("/{id}/token/{jti}")
  @Requires(Permission.AGENTS_WRITE)
  @Operation(operationId = "revokeAgentToken", summary = "Revoke one token of an agent by its jti")
  @APIResponseSchema(AgentView.RevokedTokenView.class)
  public Uni<Response> revokeToken(@PathParam("id") String id, @PathParam("jti") String jti) {
    if (!jti.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw RequestRefused.notFound("token");
    }
    return writes.run(
        null,
        write ->
            rows.get(write.tenant(), id)
                .chain(row -> agents.revokeToken(write, row, jti))
                .replaceWith(Outcome.ok(new AgentView.RevokedTokenView(id, jti, "revoked", null))));
  }
}
