package app.meshguard.tenant.signup;

import app.meshguard.tenant.agent.Agents;
import app.meshguard.tenant.key.Keys;
import app.meshguard.tenant.outbox.Actor;
import app.meshguard.tenant.outbox.Change;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.Unauthenticated;
import app.meshguard.tenant.policy.Policies;
import app.meshguard.tenant.starter.Starters;
import app.meshguard.tenant.write.Outcome;
import app.meshguard.tenant.write.TenantWrites;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Base62;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Sign-up by JSON, for the local stack, tests and self-hosting. */
@Path("/signup")
class SignupResource {
  private final Agents agents;
  private final Keys keys;
  private final TenantWrites writes;
  private final Policies policies;
  private final boolean open;

  SignupResource(
      Agents agents,
      Keys keys,
      Policies policies,
      TenantWrites writes,
      @ConfigProperty(name = "meshguard.signup.open", defaultValue = "false") boolean open) {
    this.agents = agents;
    this.keys = keys;
    this.policies = policies;
    this.writes = writes;
    this.open = open;
  }

  @POST
  @Unauthenticated
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "signUp",
      summary = "Make a tenant with its first agent; open only where the deployment says so")
  @RequestBody(content = @Content(schema = @Schema(implementation = SignupRequest.class)))
  @APIResponseSchema(value = SignedUp.class, responseCode = "201")
  public Uni<Response> signUp(@Context HttpHeaders headers, byte[] body) {
    if (!open) {
      throw new RequestRefused(
          ProblemCode.FORBIDDEN, "Sign-up by JSON is not open here (meshguard.signup.open).");
    }
    SignupRequest request = SignupRequest.read(RequestObject.parse(body));
    String key = headers.getHeaderString("Idempotency-Key");
    return writes.begin(
        key == null ? new TenantId("org_" + Base62.random(16)) : idOf(key),
        Actor.signUp(),
        key,
        body,
        write -> store(write, request),
        write -> furnish(write, request));
  }

  /** The id that a key always leads to: a repeat finds what the first sign-up made. */
  private static TenantId idOf(String key) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(("signup\n" + key).getBytes(StandardCharsets.UTF_8)));
      return new TenantId(
          "org_" + Base62.fixed(digest.getLong(), 8) + Base62.fixed(digest.getLong(), 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** False when the tenant is there: {@link #idOf} of a key that was used before. */
  private static Uni<Boolean> store(Write write, SignupRequest request) {
    return write
        .session()
        .createNativeQuery(
            "insert into tenants (tenant_id, name, email, created_at) values (?1, ?2, ?3, ?4)"
                + " on conflict do nothing")
        .setParameter(1, write.tenant().value())
        .setParameter(2, request.name())
        .setParameter(3, request.email())
        .setParameter(4, write.now().atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .map(stored -> stored == 1)
        .invoke(
            isNew -> {
              if (isNew) {
                write.record(signedUp(write, request));
              }
            });
  }

  /** Without the address of the person: it is in the tenant's settings. */
  private static Change signedUp(Write write, SignupRequest request) {
    Map<String, Object> tenant = new TreeMap<>(Map.of("name", request.name()));
    if (request.starter() != null) {
      tenant.put("starter", request.starter());
    }
    return new Change(
        "tenant.signed_up",
        new Change.Target("tenant", write.tenant().value(), request.name()),
        null,
        tenant);
  }

  private Uni<Outcome> furnish(Write write, SignupRequest request) {
    String starter = request.starter();
    return agents
        .enrolFirst(write, request.agentName())
        .call(
            () ->
                starter == null
                    ? Uni.createFrom().voidItem()
                    : policies.applyFirst(write, Starters.text(starter)))
        .chain(
            agent ->
                keys.createFirstAgentKey(write, agent.id())
                    .chain(
                        apiKey ->
                            keys.createFirstAdminToken(write)
                                .map(adminToken -> answer(write, agent, apiKey, adminToken))));
  }

  private static Outcome answer(
      Write write, Agents.Enrolled agent, String apiKey, String adminToken) {
    return Outcome.created(
        new SignedUp(
            write.tenant().value(),
            apiKey,
            adminToken,
            new SignedUp.FirstAgent(agent.id(), agent.name(), agent.token())),
        "apiKey",
        "adminToken",
        "agent.token");
  }
}
