package app.meshguard.tenant.key;

import app.meshguard.tenant.agent.Agents;
import app.meshguard.tenant.outbox.Change;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.bundle.Revocation;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be done with keys. */
@ApplicationScoped
public class Keys {
  private final KeyRows rows;
  private final Agents agents;

  Keys(KeyRows rows, Agents agents) {
    this.rows = rows;
    this.agents = agents;
  }

  record Created(KeyRow row, ApiKey key) {}

  /** The key of a new tenant's first agent; answers its text. */
  public Uni<String> createFirstAgentKey(Write write, String agentId) {
    KeyGrant grant = new KeyGrant(KeyRow.AGENT, "first agent", agentId, List.of(), List.of(), null);
    return store(write, grant).map(created -> created.key().text());
  }

  /** The admin token of a new tenant, with every permission; answers its text. */
  public Uni<String> createFirstAdminToken(Write write) {
    KeyGrant grant = new KeyGrant(KeyRow.ADMIN, "sign-up", null, List.of(), Permission.all(), null);
    return store(write, grant).map(created -> created.key().text());
  }

  /** Creates a key; it grants no more than its maker has. */
  Uni<Created> create(Write write, KeyGrant grant, Collection<String> makersPermissions) {
    if (!makersPermissions.containsAll(grant.permissions())) {
      throw new RequestRefused(
          ProblemCode.FORBIDDEN, "A token cannot grant a permission that its maker lacks.");
    }
    if (grant.agentId() == null) {
      return store(write, grant);
    }
    return agents.requireUsable(write.tenant(), grant.agentId()).chain(() -> store(write, grant));
  }

  private Uni<Created> store(Write write, KeyGrant grant) {
    boolean admin = grant.kind().equals(KeyRow.ADMIN);
    ApiKey key =
        ApiKey.generate(admin ? ApiKey.Kind.ADMIN_TOKEN : ApiKey.Kind.AGENT_KEY, write.tenant());
    if (!admin) {
      write.changed(Section.DIRECTORY);
    }
    return rows.persist(new KeyRow(write.tenant(), key, grant, write.by(), write.now()))
        .map(
            row -> {
              write.record(change("created", row, null));
              return new Created(row, key);
            });
  }

  /** Revokes; a key that is revoked already stays so. */
  Uni<KeyRow> revoke(Write write, KeyRow row) {
    if (row.revoked()) {
      return Uni.createFrom().item(row);
    }
    return keepOneThatMakesKeys(write, row)
        .chain(
            () -> {
              Object before = recorded(row);
              row.revoke(write.now());
              write.record(change("revoked", row, before));
              if (!row.isAdminToken()) {
                write.changed(Section.DIRECTORY);
              }
              return write.revoke(Revocation.Kind.KEY, row.id());
            })
        .replaceWith(row);
  }

  private static Change change(String what, KeyRow row, @Nullable Object before) {
    String kind = row.isAdminToken() ? "admin_token" : "key";
    return new Change(
        kind + "." + what, new Change.Target(kind, row.id(), row.name()), before, recorded(row));
  }

  /** Without the hint, which shows the end of the text, and the last use, which is no change. */
  private static Object recorded(KeyRow row) {
    ObjectNode view = Json.MAPPER.valueToTree(row.view(null));
    view.remove(List.of("hint", "lastUsedAt"));
    return view;
  }

  /** Without any admin token that makes keys, nobody could manage the tenant ever again. */
  private Uni<Void> keepOneThatMakesKeys(Write write, KeyRow row) {
    if (!row.makesKeys()) {
      return Uni.createFrom().voidItem();
    }
    return rows.liveAdminTokens(write.tenant(), write.now())
        .invoke(
            live -> {
              if (live.stream().noneMatch(o -> o.makesKeys() && !o.id().equals(row.id()))) {
                throw RequestRefused.conflict(
                    "This is the last admin token that can make others. Make another first"
                        + " (POST /admin/keys with kind admin and the permission"
                        + " agents:write), then revoke this one with it.");
              }
            })
        .replaceWithVoid();
  }
}
