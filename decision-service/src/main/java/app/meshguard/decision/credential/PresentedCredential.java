package app.meshguard.decision.credential;

import app.meshguard.decision.bundle.KnownAgent;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows, and which agent it names. A key that is not bound to one agent needs a
 * name; whoever needs none may repeat it, but not name another.
 *
 * @param authorization the header of this name
 * @param apiKey {@code X-MeshGuard-API-Key}
 * @param agent {@code X-MeshGuard-Agent}: an agent's id or name
 * @param agentId {@code X-MeshGuard-Agent-ID}: the same
 */
public record PresentedCredential(
    @Nullable String authorization,
    @Nullable String apiKey,
    @Nullable String agent,
    @Nullable String agentId) {

  /** Whether no name stands for another agent than this one. */
  boolean namesNoOtherThan(KnownAgent known) {
    return isNoOther(agent, known) && isNoOther(agentId, known);
  }

  private static boolean isNoOther(@Nullable String name, KnownAgent known) {
    return name == null || name.equals(known.id()) || name.equals(known.name());
  }

  /** The first name that is given, or null. */
  @Nullable String named() {
    return agent != null ? agent : agentId;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "PresentedCredential[agent=" + agent + ", agentId=" + agentId + "]";
  }
}
