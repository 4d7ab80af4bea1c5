package app.meshguard.decision.bundle;

import app.meshguard.policy.value.JsonValues;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import app.meshguard.wire.bundle.DirectorySection.KeyEntry;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who acts for a tenant, by id, name and key; immutable. */
public final class Directory {
  private final DirectorySection section;
  private final Map<String, KnownAgent> agentsById = new HashMap<>();
  private final Map<String, KnownAgent> agentsByName = new HashMap<>();
  private final Map<String, KeyEntry> keysById = new HashMap<>();
  private final @Nullable TargetEntry target;
  private final Map<String, Object> env;

  Directory(DirectorySection section) {
    this.section = section;
    for (AgentEntry entry : section.agents()) {
      KnownAgent agent = KnownAgent.of(entry);
      agentsById.put(entry.id(), agent);
      // A name may be used again after a revocation: then it means the agent that lives.
      agentsByName.merge(entry.name(), agent, (a, b) -> a.isRevoked() ? b : a);
    }
    section.keys().forEach(key -> keysById.put(key.id(), key));
    this.target = section.targets().stream().filter(TargetEntry::primary).findFirst().orElse(null);
    this.env = target == null ? Map.of() : JsonValues.seen(target.env());
  }

  public long version() {
    return section.version();
  }

  public DirectorySection.Settings settings() {
    return section.settings();
  }

  /** The agent of this id, or else of this name. */
  public @Nullable KnownAgent agent(String idOrName) {
    KnownAgent byId = agentsById.get(idOrName);
    return byId != null ? byId : agentsByName.get(idOrName);
  }

  public @Nullable KnownAgent agentById(String id) {
    return agentsById.get(id);
  }

  public @Nullable KeyEntry key(String id) {
    return keysById.get(id);
  }

  /** Where {@code /proxy/<path>} goes. */
  public @Nullable TargetEntry target() {
    return target;
  }

  /** What policies read as {@code env.*}. */
  public Map<String, Object> env() {
    return env;
  }
}
