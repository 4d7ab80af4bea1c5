package app.meshguard.tenant.bundle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private static final TenantId TENANT = new TenantId("org_0000000000000000");
  private final Acknowledgements acknowledgements = new Acknowledgements();

  private static FeedEvent event(long policies, long directory) {
    return new FeedEvent(TENANT, policies, directory, 1, List.of());
  }

  private CompletableFuture<Boolean> awaiting(FeedEvent event, Duration limit, String... replicas) {
    return acknowledgements.awaitAll(List.of(replicas), event, limit).subscribeAsCompletionStage();
  }

  @Test
  void isDoneWhenEveryReplicaHasAtLeastTheVersion() {
    CompletableFuture<Boolean> done = awaiting(event(2, 3), Duration.ofMinutes(1), "a", "b");
    acknowledgements.accept(new FeedAck("a", TENANT, 2, 3, 1));
    assertFalse(done.isDone());
    acknowledgements.accept(new FeedAck("b", TENANT, 2, 2, 1));
    assertFalse(done.isDone());
    acknowledgements.accept(new FeedAck("b", TENANT, 3, 4, 1));
    assertTrue(done.join());
  }

  @Test
  void remembersWhatWasAcknowledgedBefore() {
    acknowledgements.accept(new FeedAck("a", TENANT, 5, 5, 5));
    acknowledgements.accept(new FeedAck("a", TENANT, 4, 4, 4));
    assertTrue(awaiting(event(5, 5), Duration.ofMinutes(1), "a").join());
    acknowledgements.keep(List.of());
    assertFalse(awaiting(event(5, 5), Duration.ofMillis(1), "a").join());
  }

  @Test
  void isDoneAtOnceWhenThereIsNobodyToTell() {
    assertTrue(awaiting(event(9, 9), Duration.ofMinutes(1)).join());
  }
}
