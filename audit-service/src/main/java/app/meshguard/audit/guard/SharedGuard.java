package app.meshguard.audit.guard;

import app.meshguard.audit.seal.LogConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * The guard of this process, opened when it is first needed: while it cannot be read nothing is
 * signed, but evidence is taken all the same.
 */
@ApplicationScoped
public class SharedGuard {
  private final LogConfig config;
  private @Nullable Guard guard;

  @Inject
  SharedGuard(LogConfig config) {
    this.config = config;
  }

  /**
   * The guard.
   *
   * @throws IllegalStateException when it is damaged
   */
  public synchronized Guard get() {
    Guard opened = guard;
    if (opened == null) {
      opened = Guard.open(config.guardDirectory());
      guard = opened;
    }
    return opened;
  }

  @PreDestroy
  synchronized void close() {
    if (guard != null) {
      guard.close();
      guard = null;
    }
  }
}
