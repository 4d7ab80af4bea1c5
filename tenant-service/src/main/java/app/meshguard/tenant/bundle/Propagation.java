package app.meshguard.tenant.bundle;

import app.meshguard.wire.bundle.FeedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Waits, after a write has committed, until the connected decision replicas have it. */
@ApplicationScoped
public class Propagation {
  private static final Logger LOG = Logger.getLogger(Propagation.class);
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Subscribers subscribers;
  private final Acknowledgements acknowledgements;

  Propagation(Subscribers subscribers, Acknowledgements acknowledgements) {
    this.subscribers = subscribers;
    this.acknowledgements = acknowledgements;
  }

  /**
   * True when every connected replica decides with {@code event}; false after one second.
   *
   * <p>The replicas are read after the commit, never before: one that subscribes later reads
   * versions that have the write already.
   */
  public Uni<Boolean> await(FeedEvent event) {
    return subscribers
        .live()
        .chain(replicas -> acknowledgements.awaitAll(replicas, event, LIMIT))
        .ifNoItem()
        .after(LIMIT.multipliedBy(2))
        .recoverWithItem(false)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("cannot tell whether a write has propagated: %s", failure.getMessage());
              return false;
            });
  }
}
