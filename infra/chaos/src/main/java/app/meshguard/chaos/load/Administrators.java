package app.meshguard.chaos.load;

import app.meshguard.chaos.client.Answer;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.History;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Creates, changes and revokes agents, and remembers what of it was answered as done. */
public final class Administrators {
  private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();

  private final AtomicInteger turns = new AtomicInteger();
  private final List<Tenant> tenants;
  private final History history;
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  /**
   * An agent that a creation was answered for.
   *
   * @param revoked whether its revocation was answered too
   */
  private record Made(Tenant tenant, boolean revoked) {}

  public Administrators(List<Tenant> tenants, History history) {
    this.tenants = List.copyOf(tenants);
    this.history = history;
  }

  /** Creates an agent, and revokes every other one. */
  public void write() {
    int turn = turns.incrementAndGet();
    Tenant tenant = tenants.get(turn % tenants.size());
    LockSupport.parkNanos(PAUSE_NANOS);
    try {
      Answer created =
          tenant.admin("POST", "/admin/agents", "{\"name\":\"agent-%d\"}".formatted(turn));
      history.wrote(tenant.id(), "create agent-" + turn, created.status());
      if (created.status() != 201) {
        return;
      }
      String id = created.text("id");
      made.put(id, new Made(tenant, false));
      if (turn % 2 == 0) {
        Answer revoked = tenant.admin("DELETE", "/admin/agents/" + id, "");
        history.wrote(tenant.id(), "revoke agent-" + turn, revoked.status());
        if (revoked.status() < 300) {
          made.put(id, new Made(tenant, true));
        }
      }
    } catch (UncheckedIOException e) {
      history.broken("agent-" + turn, e);
    }
  }

  /** How many writes were answered as done. */
  public int done() {
    return made.size() + (int) made.values().stream().filter(Made::revoked).count();
  }

  /** Agents that are not as their administrator was told. */
  public List<String> forgotten() {
    return made.entrySet().stream()
        .filter(agent -> !isAsTold(agent.getKey(), agent.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isAsTold(String id, Made told) {
    Answer found = told.tenant().admin("GET", "/admin/agents/" + id, "");
    return found.status() == 200 && (!told.revoked() || found.text("status").equals("revoked"));
  }
}
