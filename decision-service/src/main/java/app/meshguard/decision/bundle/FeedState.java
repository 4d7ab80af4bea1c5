package app.meshguard.decision.bundle;

import jakarta.inject.Singleton;
import java.time.Duration;

/** Whether the feed is heard, and who is told what comes over it. */
@Singleton
public class FeedState {
  private final Freshness freshness;
  private final PublishedKeys keys;
  private final Replica replica;
  private volatile boolean connected;
  private volatile long heardNanos = System.nanoTime();

  FeedState(Freshness freshness, PublishedKeys keys, Replica replica) {
    this.freshness = freshness;
    this.keys = keys;
    this.replica = replica;
  }

  PublishedKeys keys() {
    return keys;
  }

  String replica() {
    return replica.id();
  }

  void heard() {
    heardNanos = System.nanoTime();
    freshness.heard();
  }

  Duration silentFor() {
    return Duration.ofNanos(System.nanoTime() - heardNanos);
  }

  void connected() {
    connected = true;
  }

  void lost() {
    connected = false;
  }

  public boolean isConnected() {
    return connected;
  }
}
