package app.meshguard.tenant.bundle;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** What each decision replica has said that it decides with, and who waits for it. */
@ApplicationScoped
class Acknowledgements {
  private final Map<String, Map<TenantId, FeedAck>> latest = new ConcurrentHashMap<>();
  private final Set<Waiter> waiters = new CopyOnWriteArraySet<>();

  private record Waiter(
      Collection<String> replicas, FeedEvent event, CompletableFuture<Boolean> done) {}

  void accept(FeedAck ack) {
    latest
        .computeIfAbsent(ack.replica(), r -> new ConcurrentHashMap<>())
        .merge(ack.tenantId(), ack, Acknowledgements::newer);
    for (Waiter waiter : waiters) {
      if (waiter.event().tenantId().equals(ack.tenantId()) && allHave(waiter)) {
        waiter.done().complete(true);
      }
    }
  }

  private static FeedAck newer(FeedAck one, FeedAck other) {
    return new FeedAck(
        one.replica(),
        one.tenantId(),
        Math.max(one.policies(), other.policies()),
        Math.max(one.directory(), other.directory()),
        Math.max(one.revocations(), other.revocations()));
  }

  /** True as soon as every one of {@code replicas} has {@code event}; false after {@code limit}. */
  Uni<Boolean> awaitAll(Collection<String> replicas, FeedEvent event, Duration limit) {
    Waiter waiter = new Waiter(replicas, event, new CompletableFuture<>());
    waiters.add(waiter);
    if (allHave(waiter)) {
      waiter.done().complete(true);
    }
    return Uni.createFrom()
        .completionStage(waiter.done())
        .ifNoItem()
        .after(limit)
        .recoverWithItem(false)
        .onTermination()
        .invoke(() -> waiters.remove(waiter));
  }

  private boolean allHave(Waiter waiter) {
    for (String replica : waiter.replicas()) {
      FeedAck ack = latest.getOrDefault(replica, Map.of()).get(waiter.event().tenantId());
      if (ack == null || !covers(ack, waiter.event())) {
        return false;
      }
    }
    return true;
  }

  private static boolean covers(FeedAck ack, FeedEvent event) {
    return ack.policies() >= event.policies()
        && ack.directory() >= event.directory()
        && ack.revocations() >= event.revocations();
  }

  /** Forgets replicas that are gone. */
  void keep(Collection<String> replicas) {
    latest.keySet().retainAll(replicas);
  }
}
