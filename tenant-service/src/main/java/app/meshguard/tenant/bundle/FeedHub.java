package app.meshguard.tenant.bundle;

import app.meshguard.tenant.token.SigningKeys;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Heartbeat;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands changes and heartbeats to the replicas that are connected here. */
@ApplicationScoped
class FeedHub {
  /** A replica that is this far behind is cut off; it comes back and reads the versions anew. */
  private static final int MOST_WAITING = 4096;

  private final Set<MultiEmitter<? super Object>> emitters = ConcurrentHashMap.newKeySet();
  private final SigningKeys keys;
  private final Clock clock;

  FeedHub(SigningKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** {@link FeedEvent}s and {@link Heartbeat}s from now on, a heartbeat first. */
  Multi<Object> events() {
    return Multi.createFrom()
        .emitter(
            emitter -> {
              emitter.onTermination(() -> emitters.remove(emitter));
              emitter.emit(now());
              emitters.add(emitter);
            },
            MOST_WAITING);
  }

  void change(FeedEvent event) {
    emitters.forEach(emitter -> emitter.emit(event));
  }

  /** INVARIANT: called only while the listener hears of changes, for a heartbeat claims that. */
  void heartbeat() {
    Heartbeat heartbeat = now();
    emitters.forEach(emitter -> emitter.emit(heartbeat));
  }

  private Heartbeat now() {
    return new Heartbeat(clock.millis(), keys.version());
  }
}
