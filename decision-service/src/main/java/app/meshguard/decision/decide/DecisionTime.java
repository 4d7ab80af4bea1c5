package app.meshguard.decision.decide;

import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The time that policies see. It can stand still under the profile {@code test}, so that a rule
 * about the night can be shown by day. Credentials and the age of bundles go by the true time.
 */
@Singleton
public class DecisionTime {
  private final Clock clock;
  private final @Nullable Instant fixed;

  DecisionTime(
      @ConfigProperty(name = "meshguard.clock.fixed") Optional<String> fixedAt, Clock clock) {
    this.clock = clock;
    this.fixed = fixedAt.map(Instant::parse).orElse(null);
    if (fixed != null && !ConfigUtils.isProfileActive("test")) {
      throw new IllegalStateException(
          "meshguard.clock.fixed is for the profile test: a gateway whose clock stands still"
              + " decides wrongly");
    }
  }

  /** What policies, and what follows from them, take for now. */
  public Instant now() {
    return fixed == null ? clock.instant() : fixed;
  }
}
