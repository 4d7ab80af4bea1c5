package app.meshguard.decision.credential;

import org.jspecify.annotations.Nullable;

/**
 * What a request shows.
 *
 * @param authorization the header of this name
 * @param apiKey {@code X-MeshGuard-API-Key}
 * @param agent {@code X-MeshGuard-Agent} or {@code X-MeshGuard-Agent-ID}: whom an API key acts for
 */
public record PresentedCredential(
    @Nullable String authorization, @Nullable String apiKey, @Nullable String agent) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "PresentedCredential[agent=" + agent + "]";
  }
}
