package app.meshguard.tenant.agent;

import app.meshguard.tenant.outbox.Change;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.token.AgentTokens;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.Revocation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be done to the registry of agents. */
@ApplicationScoped
public class Agents {
  private final AgentRows rows;
  private final AgentTokens tokens;

  Agents(AgentRows rows, AgentTokens tokens) {
    this.rows = rows;
    this.tokens = tokens;
  }

  /** A new agent with its first token. */
  public record Enrolled(String id, String name, String token) {
    /** Without the token, so that it cannot leak into a log line. */
    @Override
    public String toString() {
      return "Enrolled[" + id + "]";
    }
  }

  record Created(AgentRow row, AgentTokens.Issued token) {}

  /** The first agent of a new tenant. */
  public Uni<Enrolled> enrolFirst(Write write, String name) {
    AgentDetails details =
        new AgentDetails(
            name, "verified", null, List.of(), List.of(), null, null, List.of(), Map.of(), null);
    return create(write, details)
        .map(created -> new Enrolled(created.row().id(), name, created.token().token()));
  }

  Uni<Created> create(Write write, AgentDetails details) {
    write.changed(Section.DIRECTORY);
    AgentRow row =
        new AgentRow(RowId.of(write.tenant(), "agent_" + Base62.random(16)), details, write.now());
    return refuseTakenName(write.tenant(), details.name(), "")
        .chain(() -> rows.persist(row))
        .map(
            stored -> {
              write.record(change("agent.created", stored, null, AgentView.of(stored)));
              return new Created(stored, issue(write, stored, tokens.lifetime(), false));
            });
  }

  Uni<AgentRow> change(Write write, AgentRow row, AgentDetails details, String status) {
    if (row.revoked()) {
      throw RequestRefused.conflict("The agent is revoked, which is final. Create a new one.");
    }
    write.changed(Section.DIRECTORY);
    AgentView before = AgentView.of(row);
    return refuseTakenName(write.tenant(), details.name(), row.id())
        .invoke(
            () -> {
              row.change(details, status, write.now());
              write.record(change("agent.changed", row, before, AgentView.of(row)));
            })
        .replaceWith(row);
  }

  /** Revokes; an agent that is revoked already stays so. */
  Uni<AgentRow> revoke(Write write, AgentRow row) {
    if (row.revoked()) {
      return Uni.createFrom().item(row);
    }
    AgentView before = AgentView.of(row);
    row.revoke(write.now());
    write.record(change("agent.revoked", row, before, AgentView.of(row)));
    write.changed(Section.DIRECTORY);
    return write.revoke(Revocation.Kind.AGENT, row.id()).replaceWith(row);
  }

  /** A new token; with {@code revokeOlder}, all earlier ones are refused from now on. */
  AgentTokens.Issued newToken(Write write, AgentRow row, Duration lifetime, boolean revokeOlder) {
    if (row.revoked()) {
      throw RequestRefused.conflict("The agent is revoked, which is final. Create a new one.");
    }
    if (revokeOlder) {
      row.refuseTokensUntil(write.now());
      write.changed(Section.DIRECTORY);
    }
    return issue(write, row, lifetime, revokeOlder);
  }

  /** Refuses one token of an agent from now on. */
  Uni<Void> revokeToken(Write write, AgentRow row, String jti) {
    write.record(change("agent.token_revoked", row, null, Map.of("jti", jti)));
    return write.revoke(Revocation.Kind.TOKEN, jti);
  }

  private static Change change(
      String type, AgentRow row, @Nullable Object before, @Nullable Object after) {
    return new Change(type, new Change.Target("agent", row.id(), row.name()), before, after);
  }

  /** Refuses, as for an id of nobody, unless the agent is there and not revoked. */
  public Uni<Void> requireUsable(TenantId tenant, String id) {
    return rows.get(tenant, id)
        .invoke(
            row -> {
              if (row.revoked()) {
                throw RequestRefused.conflict("The agent is revoked.");
              }
            })
        .replaceWithVoid();
  }

  private AgentTokens.Issued issue(
      Write write, AgentRow row, Duration lifetime, boolean revokesOlder) {
    AgentTokens.Issued issued =
        tokens.issue(
            new AgentTokens.Subject(
                new TenantId(row.tenantId()), row.id(), row.name(), row.trustTier(), row.tags()),
            lifetime,
            row.tokensValidFrom(),
            row.expiresAt());
    Map<String, Object> about =
        Map.of(
            "jti", issued.jti(),
            "expiresAt", issued.expiresAt().toString(),
            "revokesOlder", revokesOlder);
    write.record(change("agent.token_issued", row, null, about));
    return issued;
  }

  private Uni<Void> refuseTakenName(TenantId tenant, String name, String butById) {
    return rows.nameIsTaken(tenant, name, butById)
        .invoke(
            taken -> {
              if (taken) {
                throw RequestRefused.conflict(
                    "There is an agent of this name already; names are unique in the tenant.");
              }
            })
        .replaceWithVoid();
  }
}
